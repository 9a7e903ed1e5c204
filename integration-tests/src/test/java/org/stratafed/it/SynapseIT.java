package org.stratafed.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.it.peer.MatrixClient;
import org.stratafed.it.peer.StrataServer;
import org.stratafed.it.peer.SynapseInstallation;
import org.stratafed.it.peer.SynapseServer;
import org.stratafed.it.peer.ThrowAwayCa;

/// A packaged Strata and a real Synapse. Skipped where there is no Python; never in CI.
class SynapseIT {

    private static final int MESSAGES = 200;
    private static final Duration CATCH_UP_PATIENCE = Duration.ofSeconds(120);

    @TempDir private static Path directory;

    private static StrataServer strata;
    private static SynapseServer synapse;
    private static MatrixClient alice;
    private static MatrixClient bob;

    @BeforeAll
    static void start() {
        var obstacle = SynapseInstallation.obstacle();
        assumeTrue(obstacle.isEmpty() || "true".equals(System.getenv("CI")), obstacle::get);
        var installation = SynapseInstallation.get();
        var ca = ThrowAwayCa.in(directory.resolve("ca"));
        strata = new StrataServer(directory.resolve("strata"), ca).launch();
        synapse = new SynapseServer(directory.resolve("synapse"), ca, installation).launch();
        alice = strata.awaitReady().client().register("alice", "secret of alice");
        bob = synapse.awaitReady().register("bob", "secret of bob");
    }

    @AfterAll
    static void stop() {
        if (strata != null) {
            strata.close();
            synapse.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void aUserOfSynapseJoinsARoomOfStrata(String version) {
        var room = alice.createPublicRoom("of-strata" + version, version);
        assertThat(bob.join("#of-strata" + version + ":" + strata.name())).isEqualTo(room);
        Federation.exchangeMessages(alice, bob, room);
        Federation.changeTopic(alice, bob, room, "set by alice");
        Federation.leave(bob, alice, room);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void aUserOfStrataJoinsARoomOfSynapse(String version) {
        var room = bob.createPublicRoom("of-synapse" + version, version);
        assertThat(alice.join("#of-synapse" + version + ":" + synapse.name())).isEqualTo(room);
        Federation.exchangeMessages(bob, alice, room);
        Federation.changeTopic(bob, alice, room, "set by bob");
        Federation.leave(alice, bob, room);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void strataInvitesAUserOfSynapse(String version) {
        Federation.inviteRefuseAndAccept(alice, bob, version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void synapseInvitesAUserOfStrata(String version) {
        Federation.inviteRefuseAndAccept(bob, alice, version);
    }

    @Disabled("fails: of 200 messages some in the middle are not in the sync; cause not found yet")
    @Test
    void whatWasSaidWhileSynapseWasDownArrivesOnceAndInOrder() {
        var room = alice.createPublicRoom("catch-up", "12");
        bob.join("#catch-up:" + strata.name());
        Federation.exchangeMessages(alice, bob, room);
        synapse.stop();
        var expected = new ArrayList<String>();
        for (int i = 0; i < MESSAGES; i++) {
            expected.add("message " + i);
            alice.say(room, expected.getLast());
        }
        synapse.start();
        bob.until(
                "the last message",
                CATCH_UP_PATIENCE,
                client -> client.messages(room).contains(expected.getLast()));
        assertThat(bob.messages(room).stream().filter(text -> text.startsWith("message ")))
                .containsExactlyElementsOf(expected);
    }

    /// matrix-nio, a client library in wide use, unmodified: it logs in at Strata, joins a room of
    /// Synapse, sends and syncs.
    @Test
    void aStandardClientLibraryWorksAgainstStrata() throws IOException, InterruptedException {
        var room = bob.createPublicRoom("for-nio", "12");
        var script = directory.resolve("nio_client.py");
        try (var source = SynapseIT.class.getResourceAsStream("nio_client.py")) {
            Files.write(script, source.readAllBytes());
        }
        strata.client().register("nora", "secret of nora");
        var log = directory.resolve("nio.log");
        var process =
                new ProcessBuilder(
                                SynapseInstallation.get().python().toString(),
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
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }
}
