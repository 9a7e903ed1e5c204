package org.stratafed.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stratafed.it.SynapseAndStrata.Peers;
import org.stratafed.it.peer.MatrixClient;
import org.stratafed.it.peer.StrataServer;
import org.stratafed.it.peer.SynapseServer;

/// What a user of Strata and a user of a real Synapse see of each other when they sync, in either's
/// rooms. Room versions are for `SynapseInteropIT`.
@ExtendWith(SynapseAndStrata.class)
class SynapseIT {

    private static final int MESSAGES = 200;
    private static final Duration CATCH_UP_PATIENCE = Duration.ofSeconds(120);
    private static final Duration NIO_PATIENCE = Duration.ofSeconds(120);

    private final StrataServer strata;
    private final SynapseServer synapse;
    private final MatrixClient alice;
    private final MatrixClient bob;
    private final Peers peers;

    SynapseIT(Peers peers) {
        this.peers = peers;
        strata = peers.strata();
        synapse = peers.synapse();
        alice = peers.alice();
        bob = peers.bob();
    }

    @Test
    void aUserOfSynapseJoinsARoomOfStrata() {
        var room = alice.createPublicRoom("of-strata", "12");
        assertThat(bob.join("#of-strata:" + strata.name())).isEqualTo(room);
        Federation.exchangeMessages(alice, bob, room);
        Federation.changeState(alice, bob, room);
        Federation.leave(bob, alice, room);
    }

    @Test
    void aUserOfStrataJoinsARoomOfSynapse() {
        var room = bob.createPublicRoom("of-synapse", "12");
        assertThat(alice.join("#of-synapse:" + synapse.name())).isEqualTo(room);
        Federation.exchangeMessages(bob, alice, room);
        Federation.changeState(bob, alice, room);
        Federation.leave(alice, bob, room);
    }

    @Test
    void strataInvitesAUserOfSynapse() {
        Federation.inviteRefuseAndAccept(alice, bob, "12");
    }

    @Test
    void synapseInvitesAUserOfStrata() {
        Federation.inviteRefuseAndAccept(bob, alice, "12");
    }

    @Test
    void whatWasSaidWhileSynapseWasDownArrivesOnceAndInOrder() {
        var room = alice.createPublicRoom("synapse-down", "12");
        bob.join("#synapse-down:" + strata.name());
        Federation.exchangeMessages(alice, bob, room);
        synapse.stop();
        var said = sayMuch(alice, room);
        synapse.start();
        untilAllIsSeen(bob, room, said);
        Federation.exchangeMessages(bob, alice, room);
    }

    @Test
    void whatWasSaidWhileStrataWasDownArrivesOnceAndInOrder() {
        var room = bob.createPublicRoom("strata-down", "12");
        alice.join("#strata-down:" + synapse.name());
        Federation.exchangeMessages(alice, bob, room);
        strata.stop();
        var said = sayMuch(bob, room);
        strata.start();
        untilAllIsSeen(alice, room, said);
        assertThat(numbered(alice.messages(room))).containsExactlyElementsOf(said);
        Federation.exchangeMessages(bob, alice, room);
    }

    private static List<String> sayMuch(MatrixClient speaker, String room) {
        var said = new ArrayList<String>();
        for (int i = 0; i < MESSAGES; i++) {
            said.add("message " + i);
            speaker.say(room, said.getLast());
        }
        return said;
    }

    /// A server that is told much at once may pass over the middle of it, and fetch that when its
    /// user reads there: so does Synapse with more than 100 events.
    private static void untilAllIsSeen(MatrixClient listener, String room, List<String> said) {
        listener.until(
                "the last message",
                CATCH_UP_PATIENCE,
                client -> client.messages(room).contains(said.getLast()));
        listener.until(
                "all messages in their order in the room's history",
                CATCH_UP_PATIENCE,
                client -> numbered(client.historicMessages(room)).equals(said));
        assertThat(numbered(listener.messages(room))).doesNotHaveDuplicates();
        assertThat(said).containsSubsequence(numbered(listener.messages(room)));
    }

    private static List<String> numbered(List<String> texts) {
        return texts.stream().filter(text -> text.startsWith("message ")).toList();
    }

    /// matrix-nio, a client library in wide use, unmodified: it logs in at Strata, joins a room of
    /// Synapse, sends and syncs.
    @Test
    void aStandardClientLibraryWorksAgainstStrata() throws IOException, InterruptedException {
        var room = bob.createPublicRoom("for-nio", "12");
        var script = peers.directory().resolve("nio_client.py");
        try (var source = SynapseIT.class.getResourceAsStream("nio_client.py")) {
            Files.write(script, source.readAllBytes());
        }
        strata.client().register("nora", "secret of nora");
        var log = peers.directory().resolve("nio.log");
        var process =
                new ProcessBuilder(
                                peers.installation().python().toString(),
                                script.toString(),
                                strata.clientUrl().toString(),
                                "@nora:" + strata.name(),
                                "secret of nora",
                                "#for-nio:" + synapse.name())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        Federation.see(bob, room, "hello from nio");
        bob.say(room, "hello nio");
        assertThat(process.waitFor(NIO_PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }
}
