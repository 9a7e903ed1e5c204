package org.stratafed.simulator.scenario;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.stratafed.api.layer.messaging.RoomCreationRequest;
import org.stratafed.api.layer.messaging.RoomCreationRequest.Preset;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;

/// A public room that one user made and others have joined, one after the other.
///
/// @param versions the seed picks one of these room versions
public record RoomMade(
        String alias, String creator, List<String> others, List<RoomVersion> versions)
        implements Given {

    private static final RoomVersion FIRST = new RoomVersion("1");

    /// A room of any version.
    RoomMade(String alias, String creator, List<String> others) {
        this(alias, creator, others, RoomVersionRules.supported());
    }

    public RoomMade version(String... versions) {
        return new RoomMade(
                alias, creator, others, Stream.of(versions).map(RoomVersion::new).toList());
    }

    /// A room of any version but the first. There, state that one side alone has is never in
    /// dispute: servers that soft-failed it and servers that accepted it stay apart.
    public RoomMade thatReconciles() {
        return new RoomMade(
                alias,
                creator,
                others,
                versions.stream().filter(version -> !version.equals(FIRST)).toList());
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
        return versions.get(
                stage.simulation().random().split("version of " + alias).nextInt(versions.size()));
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
