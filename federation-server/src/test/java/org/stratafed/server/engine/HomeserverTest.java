package org.stratafed.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.layer.messaging.RoomCreationRequest;
import org.stratafed.api.layer.messaging.SyncAnswer;
import org.stratafed.api.layer.messaging.SyncFilter;
import org.stratafed.api.layer.messaging.SyncRequest;
import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;

/// Two whole homeservers, from the messaging layer of one to that of the other: one event through
/// all four layers and back.
class HomeserverTest {

    @TempDir private Path directory;

    private final Map<Integer, TestServer> servers = new LinkedHashMap<>();
    private ScheduledExecutorService loop;
    private TestServer one;
    private TestServer two;
    private UserId alice;
    private UserId bob;

    @BeforeEach
    void start() {
        loop = Executors.newSingleThreadScheduledExecutor();
        one = new TestServer(1, directory, loop, servers);
        two = new TestServer(2, directory, loop, servers);
        alice = one.register("alice");
        bob = two.register("bob");
    }

    @AfterEach
    void stop() {
        assertThat(one.defects()).isEmpty();
        assertThat(two.defects()).isEmpty();
        one.close();
        two.close();
        loop.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"})
    void oneMessageGoesThroughAllFourLayersAndBack(String version) {
        var room = createPublicRoom("lobby", version);
        var alias = new RoomAlias("#lobby:" + one.name);
        assertThat(
                        two.get(
                                () ->
                                        two.messaging()
                                                .memberships()
                                                .join(alias, bob, List.of(), Optional.empty())))
                .isEqualTo(room);
        var reader = new Reader(two, bob);
        var writer = new Reader(one, alice);
        say(one, alice, room, "hello");
        reader.until(room, "hello");
        say(two, bob, room, "hello back");
        writer.until(room, "hello back");
        reader.until(room, "hello back");
        assertThat(reader.texts).containsExactly("hello", "hello back");
        assertThat(writer.texts).containsExactly("hello", "hello back");
    }

    @Test
    void anInviteIsSeenAcceptedAndUsed() {
        var room =
                one.get(
                        () ->
                                one.messaging()
                                        .rooms()
                                        .create(
                                                alice,
                                                request(
                                                        RoomCreationRequest.Preset.PRIVATE_CHAT,
                                                        Optional.empty(),
                                                        "12",
                                                        List.of(bob))));
        var reader = new Reader(two, bob);
        assertThat(reader.sync().invite()).containsKey(room);
        two.get(() -> two.messaging().memberships().join(room, bob, List.of(), Optional.empty()));
        say(one, alice, room, "welcome");
        reader.until(room, "welcome");
    }

    private RoomId createPublicRoom(String alias, String version) {
        return one.get(
                () ->
                        one.messaging()
                                .rooms()
                                .create(
                                        alice,
                                        request(
                                                RoomCreationRequest.Preset.PUBLIC_CHAT,
                                                Optional.of(alias),
                                                version,
                                                List.of())));
    }

    private static RoomCreationRequest request(
            RoomCreationRequest.Preset preset,
            Optional<String> alias,
            String version,
            List<UserId> invite) {
        return new RoomCreationRequest(
                Optional.of(new RoomVersion(version)),
                Optional.of(preset),
                false,
                alias,
                Optional.empty(),
                Optional.empty(),
                invite,
                false,
                List.of(),
                JsonObject.empty(),
                JsonObject.empty());
    }

    private static void say(TestServer at, UserId user, RoomId room, String text) {
        at.get(
                () ->
                        at.messaging()
                                .rooms()
                                .send(
                                        room,
                                        user,
                                        "m.room.message",
                                        JsonObject.builder().put("body", text).build(),
                                        Optional.empty()));
    }

    /// A user that syncs.
    private static final class Reader {

        private static final int ROUNDS_MAX = 30;

        private final TestServer at;
        private final UserId user;
        private final List<String> texts = new ArrayList<>();
        private Optional<String> since = Optional.empty();

        private Reader(TestServer at, UserId user) {
            this.at = at;
            this.user = user;
        }

        SyncAnswer sync() {
            var answer =
                    at.get(
                            () ->
                                    at.messaging()
                                            .timeline()
                                            .sync(
                                                    new SyncRequest(
                                                            user,
                                                            new DeviceId("D"),
                                                            since,
                                                            Duration.ofMillis(500),
                                                            false,
                                                            SyncFilter.ALL)));
            since = Optional.of(answer.nextBatch());
            return answer;
        }

        void until(RoomId room, String text) {
            for (int i = 0; i < ROUNDS_MAX && !texts.contains(text); i++) {
                var update = sync().join().get(room);
                if (update != null) {
                    update.timeline()
                            .forEach(
                                    event ->
                                            event.pdu()
                                                    .content()
                                                    .string("body")
                                                    .ifPresent(texts::add));
                }
            }
            assertThat(texts).as("%s saw; log %s", user, at.log()).contains(text);
        }
    }
}
