package org.stratafed.api.spi;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.stratafed.api.spi.store.Stores;

/// Everything outside that a homeserver's engine depends on: all that a simulator replaces, and
/// nothing else.
///
/// @param clock what time it is; the engine never waits for it to pass, see `timers`
/// @param random chance: transaction ids, jitter, opaque room ids. Never key material
public record HomeserverEnvironment(
        Wire wire,
        NameResolver names,
        Timers timers,
        Compute compute,
        Signatures signatures,
        Telemetry telemetry,
        InstantSource clock,
        RandomGenerator random,
        Stores stores) {}
