package org.stratafed.it.demo;

import java.net.URI;
import org.stratafed.it.peer.MatrixClient;
import org.stratafed.it.peer.StrataServer;
import org.stratafed.it.peer.SynapseServer;

/// The other homeserver of the story: another Strata, or a Synapse.
interface SecondServer extends AutoCloseable {

    String name();

    URI clientUrl();

    void launch();

    void awaitReady();

    /// `kill -9`.
    void kill();

    MatrixClient register(String localpart, String password);

    @Override
    void close();

    static SecondServer of(StrataServer server) {
        return new SecondServer() {
            @Override
            public String name() {
                return server.name();
            }

            @Override
            public URI clientUrl() {
                return server.clientUrl();
            }

            @Override
            public void launch() {
                server.launch();
            }

            @Override
            public void awaitReady() {
                server.awaitReady();
            }

            @Override
            public void kill() {
                server.kill();
            }

            @Override
            public MatrixClient register(String localpart, String password) {
                return server.client().register(localpart, password);
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    static SecondServer of(SynapseServer server) {
        return new SecondServer() {
            @Override
            public String name() {
                return server.name();
            }

            @Override
            public URI clientUrl() {
                return server.clientUrl();
            }

            @Override
            public void launch() {
                server.launch();
            }

            @Override
            public void awaitReady() {
                server.awaitReady();
            }

            @Override
            public void kill() {
                server.kill();
            }

            @Override
            public MatrixClient register(String localpart, String password) {
                return server.register(localpart, password);
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }
}
