package org.stratafed.server.client.endpoint;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.model.exchange.DirectoryAnswer;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.client.account.Caller;
import org.stratafed.server.client.routing.Call;
import org.stratafed.server.client.routing.ClientAnswer;
import org.stratafed.server.client.routing.ClientEndpoint;
import org.stratafed.server.client.routing.EngineCalls;

/// Aliases of rooms.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#room-aliases">Room aliases</a>
public final class DirectoryEndpoints {

    private static final String ALIAS = "/directory/room/{roomAlias}";

    private final MessagingLayer messaging;
    private final EngineCalls engine;

    public DirectoryEndpoints(MessagingLayer messaging, EngineCalls engine) {
        this.messaging = messaging;
        this.engine = engine;
    }

    public List<ClientEndpoint> all() {
        return List.of(
                ClientEndpoint.openV3("GET", ALIAS, this::resolve),
                ClientEndpoint.v3("PUT", ALIAS, this::add),
                ClientEndpoint.v3("DELETE", ALIAS, this::remove),
                ClientEndpoint.v3("GET", "/rooms/{roomId}/aliases", this::aliases));
    }

    private Uni<ClientAnswer> resolve(Call call) {
        RoomAlias alias = call.alias(0);
        return engine.call(() -> messaging.directory().resolve(alias))
                .map(DirectoryEndpoints::answer);
    }

    private static ClientAnswer answer(DirectoryAnswer found) {
        var servers = found.servers().stream().map(ServerName::value).toList();
        return ClientAnswer.ok(
                JsonObject.builder()
                        .put("room_id", found.room().value())
                        .put("servers", JsonArray.ofStrings(servers))
                        .build());
    }

    private Uni<ClientAnswer> add(Call call, Caller caller) {
        RoomAlias alias = call.alias(0);
        RoomId room = call.fields().requiredIdentifier("room_id", RoomId::parse);
        return engine.call(() -> messaging.directory().add(alias, room, caller.user()))
                .replaceWith(ClientAnswer.EMPTY);
    }

    private Uni<ClientAnswer> remove(Call call, Caller caller) {
        RoomAlias alias = call.alias(0);
        return engine.call(() -> messaging.directory().remove(alias, caller.user()))
                .replaceWith(ClientAnswer.EMPTY);
    }

    private Uni<ClientAnswer> aliases(Call call, Caller caller) {
        RoomId room = call.room(0);
        return engine.call(() -> messaging.directory().aliases(room, caller.user()))
                .map(
                        aliases ->
                                ClientAnswer.ok(
                                        JsonObject.builder()
                                                .put(
                                                        "aliases",
                                                        JsonArray.ofStrings(
                                                                aliases.stream()
                                                                        .map(RoomAlias::value)
                                                                        .toList()))
                                                .build()));
    }
}
