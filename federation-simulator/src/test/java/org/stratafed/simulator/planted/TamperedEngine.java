package org.stratafed.simulator.planted;

import org.stratafed.api.layer.messaging.MessagingHandler;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.WireHandler;
import org.stratafed.server.engine.Homeserver;
import org.stratafed.server.engine.HomeserverSettings;
import org.stratafed.simulator.host.Engine;
import org.stratafed.simulator.host.EngineFactory;

/// An engine of whatever code this class was loaded with.
record TamperedEngine(Homeserver homeserver) implements Engine {

    /// Builds them.
    static final class Factory implements EngineFactory {

        @Override
        public Engine build(
                HomeserverEnvironment environment,
                HomeserverSettings settings,
                MessagingHandler application) {
            return new TamperedEngine(new Homeserver(environment, settings, application));
        }
    }

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
