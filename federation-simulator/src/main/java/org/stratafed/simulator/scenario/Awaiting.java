package org.stratafed.simulator.scenario;

import java.time.Duration;
import java.util.function.Predicate;

/// A step that lasts until something is so.
record Awaiting(String text, Predicate<Stage> condition) implements When {

    /// How often it is looked whether it is so.
    private static final long INTERVAL_NANOS = Duration.ofMillis(50).toNanos();

    private static final Duration TIME_MAX = Duration.ofHours(3);

    @Override
    public void begin(Stage stage) {
        var time = stage.simulation().time();
        long[] looked = {-INTERVAL_NANOS};
        boolean isSo =
                stage.simulation()
                        .runUntil(
                                () -> {
                                    if (time.nowNanos() - looked[0] < INTERVAL_NANOS) {
                                        return false;
                                    }
                                    looked[0] = time.nowNanos();
                                    return condition.test(stage);
                                },
                                TIME_MAX);
        if (!isSo) {
            throw new AssertionError("it doesn't within " + TIME_MAX);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
