package org.stratafed.server.host.vertx;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;

/// How many lines may be logged in a period of time. Used from any thread.
final class LineLimit {

    private final InstantSource clock;
    private final int linesMax;
    private final Duration period;

    private Instant periodStart = Instant.MIN;
    private int lines;
    private long leftOut;

    LineLimit(InstantSource clock, int linesMax, Duration period) {
        this.clock = clock;
        this.linesMax = linesMax;
        this.period = period;
    }

    /// Whether one more may be logged; if so, how many were left out since the last one.
    synchronized OptionalLong admit() {
        Instant now = clock.instant();
        if (periodStart.equals(Instant.MIN) || !now.isBefore(periodStart.plus(period))) {
            periodStart = now;
            lines = 0;
        }
        if (lines == linesMax) {
            leftOut++;
            return OptionalLong.empty();
        }
        lines++;
        long before = leftOut;
        leftOut = 0;
        return OptionalLong.of(before);
    }
}
