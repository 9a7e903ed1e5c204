package org.stratafed.simulator.network;

import java.time.Duration;

/// What a direction between two servers does to what is sent along it.
///
/// @param latencyMin and `latencyMean`: most messages take little more than the first, some much
///     more
/// @param loss how often a message is lost, from 0 to 1
/// @param duplication how often a request arrives twice
/// @param reordering how often a message is held up, so that later ones overtake it
/// @param truncation how often an answer is cut off in its middle
/// @param chunkTime how long each piece of an answer's body takes
public record Quality(
        Duration latencyMin,
        Duration latencyMean,
        double loss,
        double duplication,
        double reordering,
        double truncation,
        Duration chunkTime) {

    /// How much longer than the mean a message is held up at most.
    static final int HELD_UP_FACTOR_MAX = 50;

    private static final Duration SWIFT = Duration.ofNanos(100_000);

    public static final Quality GOOD =
            new Quality(Duration.ofMillis(5), Duration.ofMillis(20), 0, 0, 0, 0, SWIFT);

    public static final Quality POOR =
            new Quality(
                    Duration.ofMillis(20), Duration.ofMillis(150), 0.05, 0.05, 0.1, 0.02, SWIFT);

    public Quality withLoss(double loss) {
        return new Quality(
                latencyMin, latencyMean, loss, duplication, reordering, truncation, chunkTime);
    }

    public Quality withDuplication(double duplication) {
        return new Quality(
                latencyMin, latencyMean, loss, duplication, reordering, truncation, chunkTime);
    }

    public Quality withReordering(double reordering) {
        return new Quality(
                latencyMin, latencyMean, loss, duplication, reordering, truncation, chunkTime);
    }

    public Quality withTruncation(double truncation) {
        return new Quality(
                latencyMin, latencyMean, loss, duplication, reordering, truncation, chunkTime);
    }

    public Quality withChunkTime(Duration chunkTime) {
        return new Quality(
                latencyMin, latencyMean, loss, duplication, reordering, truncation, chunkTime);
    }

    public Quality withLatency(Duration min, Duration mean) {
        return new Quality(min, mean, loss, duplication, reordering, truncation, chunkTime);
    }
}
