package org.stratafed.simulator.scenario;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.messaging.RoomCreationRequest;
import org.stratafed.api.layer.messaging.RoomCreationRequest.Preset;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;

/// A public room that one user made and others have joined, one after the other.
///
/// @param version the room version; with [#ANY_VERSION] the seed picks one
public record RoomMade(String alias, String creator, List<String> others, String version)
        implements Given {

    static final String ANY_VERSION = "any";

    public RoomMade version(String version) {
        return new RoomMade(alias, creator, others, version);
    }

    @Override
    public void establish(Stage stage) {
        var user = new UserId(creator);
        stage.register(user, () -> create(stage, user));
    }

    private void create(Stage stage, UserId user) {
        var server = stage.simulation().server(user.server());
        var version = versionFor(stage);
        stage.simulation().coverage().count(title(version));
        stage.perform(
                toString(),
                server,
                server.messaging().rooms().create(user, request(version)),
                room -> {
                    stage.nameRoom(alias, room);
                    joinNext(stage, room, 0);
                });
    }

    /// How rooms of a version are counted.
    public static String title(RoomVersion version) {
        return "room-version/" + version.id();
    }

    private static RoomCreationRequest request(RoomVersion version) {
        return new RoomCreationRequest(
                Optional.of(version),
                Optional.of(Preset.PUBLIC_CHAT),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                List.of(),
                JsonObject.empty(),
                JsonObject.empty());
    }

    private RoomVersion versionFor(Stage stage) {
        if (!version.equals(ANY_VERSION)) {
            return new RoomVersion(version);
        }
        var all = RoomVersionRules.supported();
        return all.get(
                stage.simulation().random().split("version of " + alias).nextInt(all.size()));
    }

    private void joinNext(Stage stage, RoomId room, int next) {
        if (next == others.size()) {
            return;
        }
        var user = new UserId(others.get(next));
        var via = List.of(new UserId(creator).server());
        stage.register(
                user,
                () -> {
                    var server = stage.simulation().server(user.server());
                    stage.perform(
                            user + " joins " + alias,
                            server,
                            server.messaging()
                                    .memberships()
                                    .join(room, user, via, Optional.empty()),
                            _ -> joinNext(stage, room, next + 1));
                });
    }

    @Override
    public String toString() {
        return "room " + alias + " of " + creator + " with " + others;
    }
}
