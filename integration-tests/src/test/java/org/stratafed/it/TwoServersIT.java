package org.stratafed.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.it.peer.MatrixClient;
import org.stratafed.it.peer.StrataServer;
import org.stratafed.it.peer.ThrowAwayCa;

/// Two packaged servers, as processes, over real TLS.
class TwoServersIT {

    @TempDir private static Path directory;

    private static ThrowAwayCa ca;
    private static StrataServer one;
    private static StrataServer two;
    private static MatrixClient alice;
    private static MatrixClient bob;

    @BeforeAll
    static void start() {
        ca = ThrowAwayCa.in(directory.resolve("ca"));
        one = new StrataServer(directory.resolve("one"), ca).launch();
        two = new StrataServer(directory.resolve("two"), ca).launch();
        alice = one.awaitReady().client().register("alice", "secret of alice");
        bob = two.awaitReady().client().register("bob", "secret of bob");
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    @Test
    void aKickedUserIsOutOnBothSides() {
        var room = alice.createPublicRoom("kicked", "12");
        bob.join("#kicked:" + one.name());
        Federation.untilMembership(alice, room, bob.userId(), "join");
        alice.post(
                        "/rooms/" + MatrixClient.encode(room) + "/kick",
                        JsonObject.builder().put("user_id", bob.userId()).build())
                .expect(200);
        bob.until("the kick", Federation.PATIENCE, client -> client.hasLeft(room));
        assertThat(bob.trySay(room, "still here", "t").status()).isEqualTo(403);
    }

    @Test
    void aRepeatedRequestOfAClientMakesNoSecondMessage() {
        var room = alice.createPublicRoom("repeated", "12");
        bob.join("#repeated:" + one.name());
        var first = alice.say(room, "only once", "txn-1");
        assertThat(alice.say(room, "only once", "txn-1")).isEqualTo(first);
        alice.say(room, "and done", "txn-2");
        Federation.see(bob, room, "and done");
        assertThat(bob.messages(room)).containsExactly("only once", "and done");
    }

    @Test
    void aReplayedTransactionGetsTheStoredAnswerAndDoesNothing() {
        var room = alice.createPublicRoom("replayed", "12");
        bob.join("#replayed:" + one.name());
        var eventId = alice.say(room, "said once");
        Federation.see(bob, room, "said once");
        var peer = one.envoy(ca);
        var event = peer.event(two.name(), eventId).orElseThrow();
        var body =
                JsonObject.builder()
                        .put("origin", one.name())
                        .put("origin_server_ts", 1_000_000)
                        .put("pdus", event.array("pdus").orElse(JsonArray.empty()))
                        .build();
        var target = "/_matrix/federation/v1/send/replayed";
        var answer = peer.send(two.name(), "PUT", target, body);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains(eventId);
        assertThat(peer.send(two.name(), "PUT", target, body)).isEqualTo(answer);
        alice.say(room, "afterwards");
        Federation.see(bob, room, "afterwards");
        assertThat(bob.messages(room)).containsExactly("said once", "afterwards");
    }

    @Test
    void aServerThatIsNotInARoomLearnsNothingOfIt() {
        var room = alice.createPublicRoom("unshared", "12");
        var eventId = alice.say(room, "among us");
        var peer = two.envoy(ca);
        assertThat(peer.event(one.name(), eventId)).isEqualTo(Optional.empty());
    }
}
