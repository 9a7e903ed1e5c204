package org.stratafed.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.it.peer.MatrixClient;
import org.stratafed.it.peer.StrataServer;
import org.stratafed.it.peer.ThrowAwayCa;

/// `kill -9` at any time loses nothing that was acknowledged, and makes nothing twice.
class KillAndRestartIT {

    private static final int ROUNDS = 3;

    @TempDir private Path directory;

    private StrataServer one;
    private StrataServer two;

    @BeforeEach
    void start() {
        var ca = ThrowAwayCa.in(directory.resolve("ca"));
        one = new StrataServer(directory.resolve("one"), ca).launch();
        two = new StrataServer(directory.resolve("two"), ca).launch();
        one.awaitReady();
        two.awaitReady();
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void theSenderIsKilledWhileItSpeaks() {
        var alice = one.client().register("alice", "secret of alice");
        var bob = two.client().register("bob", "secret of bob");
        var room = alice.createPublicRoom("killed", "12");
        bob.join("#killed:" + one.name());
        var expected = new ArrayList<String>();
        for (int round = 0; round < ROUNDS; round++) {
            var acknowledged = speakUntilKilled(alice, room, round);
            expected.addAll(acknowledged.sure());
            one.start();
            // The client does not know whether its last message was taken: it asks again.
            alice.say(room, acknowledged.unsure(), acknowledged.unsure());
            expected.add(acknowledged.unsure());
        }
        Federation.see(bob, room, expected.getLast());
        assertThat(bob.messages(room)).containsExactlyElementsOf(expected);
        assertThat(again(one, "alice", "secret of alice").until(room, expected.getLast()))
                .containsExactlyElementsOf(expected);
    }

    private record Spoken(List<String> sure, String unsure) {}

    private Spoken speakUntilKilled(MatrixClient alice, String room, int round) {
        var sure = new ArrayList<String>();
        var killer = CompletableFuture.<Void>completedFuture(null);
        for (int i = 0; ; i++) {
            var text = "round " + round + ", message " + i;
            if (i == 10) {
                killer = CompletableFuture.runAsync(one::kill);
            }
            try {
                alice.say(room, text, text);
                sure.add(text);
            } catch (UncheckedIOException _) {
                killer.join();
                return new Spoken(sure, text);
            }
        }
    }

    @Test
    void theReceiverIsKilledWhileItIsSpokenTo() {
        var alice = one.client().register("alice", "secret of alice");
        var bob = two.client().register("bob", "secret of bob");
        var room = alice.createPublicRoom("received", "12");
        bob.join("#received:" + one.name());
        var expected = new ArrayList<String>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < 20; i++) {
                expected.add("round " + round + ", message " + i);
                alice.say(room, expected.getLast());
                if (i == 10) {
                    two.kill();
                    two.launch();
                }
            }
            two.awaitReady();
        }
        Federation.see(bob, room, expected.getLast());
        assertThat(bob.messages(room)).containsExactlyElementsOf(expected);
    }

    @Test
    void aServerThatIsToldToStopEndsWell() {
        assertThat(one.stop()).isIn(0, 143);
        assertThat(one.logTail()).doesNotContain("Exception");
    }

    @Test
    void aSecondProcessOnTheSameDataIsRefused() {
        var twin = one.twin();
        twin.launch();
        assertThat(twin.awaitExit()).isNotZero();
        assertThat(twin.logTail()).contains("data").doesNotContain("\tat ");
    }

    private record Reader(MatrixClient client) {
        List<String> until(String room, String text) {
            Federation.see(client, room, text);
            return client.messages(room);
        }
    }

    private static Reader again(StrataServer server, String user, String password) {
        return new Reader(server.client().login(user, password));
    }
}
