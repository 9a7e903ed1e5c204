package org.stratafed.server.engine.transport.keys;

import java.time.Duration;
import java.time.Instant;

/// When somebody may be asked for keys again.
final class AskingPace {

    /// Between two answers. A server that changed its key just now is believed this much later.
    private static final Duration INTERVAL_MIN = Duration.ofSeconds(30);

    /// After a failure, and after those that follow on it. Short at the top too: while it lasts,
    /// a server that came back can't prove anything to us.
    private static final Duration BACKOFF_MIN = Duration.ofSeconds(10);

    private static final int BACKOFF_DOUBLINGS_MAX = 6;

    private Instant askableFrom = Instant.MIN;
    private int failures;

    boolean isAskable(Instant now) {
        return !now.isBefore(askableFrom);
    }

    void answered(Instant now) {
        failures = 0;
        askableFrom = now.plus(INTERVAL_MIN);
    }

    void failed(Instant now) {
        var backoff = BACKOFF_MIN.multipliedBy(1L << Math.min(failures, BACKOFF_DOUBLINGS_MAX));
        failures++;
        askableFrom = now.plus(backoff);
    }
}
