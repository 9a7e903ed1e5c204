package org.stratafed.server.engine.transport.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// When something has to be over. It is asked between steps, each of which ends by itself.
public final class Deadline {

    private final InstantSource clock;
    private final Instant end;

    private Deadline(InstantSource clock, Instant end) {
        this.clock = clock;
        this.end = end;
    }

    public static Deadline in(InstantSource clock, Duration time) {
        return new Deadline(clock, clock.instant().plus(time));
    }

    public boolean hasPassed() {
        return !clock.instant().isBefore(end);
    }
}
