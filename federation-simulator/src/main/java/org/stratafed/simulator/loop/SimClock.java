package org.stratafed.simulator.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The clock of one virtual server: virtual time, and how far the clock is off.
public final class SimClock implements InstantSource {

    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualTime time;
    private Duration offset;

    public SimClock(VirtualTime time, Duration offset) {
        this.time = time;
        this.offset = offset;
    }

    /// Makes the clock jump.
    public void setOffset(Duration offset) {
        this.offset = offset;
    }

    @Override
    public Instant instant() {
        return START.plus(time.now()).plus(offset);
    }

    @Override
    public long millis() {
        return instant().toEpochMilli();
    }
}
