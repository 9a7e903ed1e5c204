package org.stratafed.server.engine.transaction.outbound;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to leave a destination alone after it failed: twice as long each time, and jittered, so
/// that the servers which a failure hit at the same moment don't all come back at the same moment.
final class Backoff {

    static final Duration DELAY_MIN = Duration.ofSeconds(2);
    static final Duration DELAY_MAX = Duration.ofHours(1);

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /// One more failure, and how long to wait now: between half of and the whole of a span that
    /// doubles from twice the minimum up to the maximum.
    Duration onFailure() {
        failures++;
        var span = DELAY_MIN;
        for (int i = 0; i < failures && span.compareTo(DELAY_MAX) < 0; i++) {
            span = span.multipliedBy(2);
        }
        long spanMs = Math.min(span.toMillis(), DELAY_MAX.toMillis());
        return Duration.ofMillis(spanMs / 2 + random.nextLong(spanMs / 2 + 1));
    }

    /// The destination is well, or there is a reason to think so.
    void reset() {
        failures = 0;
    }

    /// Failures since the destination was last known to be well.
    int failures() {
        return failures;
    }
}
