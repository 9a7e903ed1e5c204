package org.stratafed.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.stratafed.it.peer.MatrixClient;
import org.stratafed.it.peer.NetworkLink;
import org.stratafed.it.peer.StrataServer;
import org.stratafed.it.peer.SynapseInstallation;
import org.stratafed.it.peer.SynapseServer;
import org.stratafed.it.peer.ThrowAwayCa;

/// A packaged Strata with alice and a real Synapse with bob, started once for all tests that ask
/// for them. Such tests are skipped where there is no Python; never in CI.
final class SynapseAndStrata implements BeforeAllCallback, ParameterResolver {

    private static final ExtensionContext.Namespace SHARED =
            ExtensionContext.Namespace.create(SynapseAndStrata.class);

    /// The two servers and their users.
    ///
    /// @param directory where they keep everything
    /// @param installation what Synapse runs on
    /// @param ca whom both trust
    /// @param toStrata how Synapse reaches Strata
    /// @param toSynapse how Strata reaches Synapse
    /// @param alice a user of Strata
    /// @param bob a user of Synapse
    record Peers(
            Path directory,
            SynapseInstallation installation,
            ThrowAwayCa ca,
            StrataServer strata,
            SynapseServer synapse,
            NetworkLink toStrata,
            NetworkLink toSynapse,
            MatrixClient alice,
            MatrixClient bob)
            implements AutoCloseable {

        static Peers start() {
            try {
                var directory = Files.createTempDirectory("strata-synapse");
                var installation = SynapseInstallation.get();
                // Server ACLs don't look at ports.
                return start(
                        directory,
                        installation,
                        new NetworkLink("localhost"),
                        new NetworkLink("127.0.0.1"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Peers start(
                Path directory,
                SynapseInstallation installation,
                NetworkLink toStrata,
                NetworkLink toSynapse) {
            var ca = ThrowAwayCa.in(directory.resolve("ca"));
            var strata = new StrataServer(directory.resolve("strata"), ca, toStrata);
            var synapse =
                    new SynapseServer(directory.resolve("synapse"), ca, installation, toSynapse);
            try {
                strata.launch();
                synapse.launch();
                var alice = strata.awaitReady().client().register("alice", "secret of alice");
                var bob = synapse.awaitReady().register("bob", "secret of bob");
                reach(bob, strata.name());
                reach(alice, synapse.name());
                return new Peers(
                        directory,
                        installation,
                        ca,
                        strata,
                        synapse,
                        toStrata,
                        toSynapse,
                        alice,
                        bob);
            } catch (RuntimeException e) {
                strata.close();
                synapse.close();
                throw e;
            }
        }

        /// The first request between two servers fetches keys as well. Synapse waits 10 seconds for
        /// an alias, and a busy machine may need more.
        private static void reach(MatrixClient user, String server) {
            var path = "/directory/room/" + MatrixClient.encode("#nothing:" + server);
            user.until(
                    "an answer of " + server,
                    Federation.PATIENCE,
                    client -> client.get(path).status() == 404);
        }

        @Override
        public void close() throws IOException {
            toStrata.close();
            toSynapse.close();
            strata.close();
            synapse.close();
            try (var files = Files.walk(directory)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        var obstacle = SynapseInstallation.obstacle();
        assumeTrue(obstacle.isEmpty() || "true".equals(System.getenv("CI")), obstacle::get);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Peers.class;
    }

    @Override
    public Peers resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(SHARED)
                .computeIfAbsent(Peers.class, _ -> Peers.start(), Peers.class);
    }
}
