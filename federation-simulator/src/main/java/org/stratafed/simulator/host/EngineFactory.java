package org.stratafed.simulator.host;

import org.stratafed.api.layer.messaging.MessagingHandler;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.Homeserver;
import org.stratafed.server.engine.HomeserverSettings;

/// Builds the engine of each incarnation: the production one, or one that somebody has tampered
/// with to see whether that is noticed.
@FunctionalInterface
public interface EngineFactory {

    EngineFactory PRODUCTION = Homeserver::new;

    Homeserver build(
            HomeserverEnvironment environment,
            HomeserverSettings settings,
            MessagingHandler application);
}
