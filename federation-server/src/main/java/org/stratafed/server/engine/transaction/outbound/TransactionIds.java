package org.stratafed.server.engine.transaction.outbound;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.stratafed.api.model.id.TransactionId;

/// Where transaction ids come from. None comes twice, not even after a restart or from a backup
/// that was restored: a destination would take it for one it has seen, and drop what is in it.
final class TransactionIds {

    private static final int DIGITS = 36;

    private final InstantSource clock;
    private final RandomGenerator random;

    TransactionIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /// The time, and chance enough for all that happens at the same time.
    TransactionId next() {
        return new TransactionId(
                Long.toString(clock.millis(), DIGITS)
                        + "-"
                        + Long.toUnsignedString(random.nextLong(), DIGITS));
    }
}
