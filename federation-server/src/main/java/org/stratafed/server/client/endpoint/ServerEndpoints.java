package org.stratafed.server.client.endpoint;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.server.client.routing.ClientAnswer;
import org.stratafed.server.client.routing.ClientEndpoint;

/// What this server can do.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#capabilities-negotiation">
///     Capabilities negotiation</a>
public final class ServerEndpoints {

    private static final List<String> SPECIFICATIONS =
            List.of("r0.6.1", "v1.1", "v1.2", "v1.3", "v1.4", "v1.5", "v1.6");

    private final RoomVersion defaultVersion;

    /// @param defaultVersion of new rooms
    public ServerEndpoints(RoomVersion defaultVersion) {
        this.defaultVersion = defaultVersion;
    }

    public List<ClientEndpoint> all() {
        return List.of(
                ClientEndpoint.open("GET", "/_matrix/client/versions", _ -> versions()),
                ClientEndpoint.v3("GET", "/capabilities", (_, _) -> capabilities()));
    }

    private static Uni<ClientAnswer> versions() {
        return Uni.createFrom()
                .item(
                        ClientAnswer.ok(
                                JsonObject.builder()
                                        .put("versions", JsonArray.ofStrings(SPECIFICATIONS))
                                        .put("unstable_features", JsonObject.empty())
                                        .build()));
    }

    private Uni<ClientAnswer> capabilities() {
        var available = JsonObject.builder();
        RoomVersionRules.supported().forEach(it -> available.put(it.id(), "stable"));
        var capabilities =
                JsonObject.builder()
                        .put(
                                "m.room_versions",
                                JsonObject.builder()
                                        .put("default", defaultVersion.id())
                                        .put("available", available.build())
                                        .build())
                        .put("m.change_password", enabled(false))
                        .put("m.set_displayname", enabled(true))
                        .put("m.set_avatar_url", enabled(true))
                        .put("m.3pid_changes", enabled(false));
        return Uni.createFrom()
                .item(
                        ClientAnswer.ok(
                                JsonObject.builder()
                                        .put("capabilities", capabilities.build())
                                        .build()));
    }

    private static JsonObject enabled(boolean enabled) {
        return JsonObject.builder().put("enabled", enabled).build();
    }
}
