package org.stratafed.simulator.host;

import org.stratafed.api.layer.messaging.MessagingHandler;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.WireHandler;
import org.stratafed.server.engine.Homeserver;
import org.stratafed.server.engine.HomeserverSettings;

/// Builds the engine of each incarnation: the production one, or one that somebody has tampered
/// with to see whether that is noticed.
@FunctionalInterface
public interface EngineFactory {

    EngineFactory PRODUCTION =
            (environment, settings, application) ->
                    new Production(new Homeserver(environment, settings, application));

    Engine build(
            HomeserverEnvironment environment,
            HomeserverSettings settings,
            MessagingHandler application);

    /// The engine that homeservers run on.
    record Production(Homeserver homeserver) implements Engine {

        @Override
        public void start() {
            homeserver.start();
        }

        @Override
        public WireHandler wireHandler() {
            return homeserver.wireHandler();
        }

        @Override
        public MessagingLayer messaging() {
            return homeserver.messaging();
        }
    }
}
