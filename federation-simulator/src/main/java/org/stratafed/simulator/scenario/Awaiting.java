package org.stratafed.simulator.scenario;

import java.time.Duration;
import java.util.function.Predicate;

/// A step that lasts until something is so.
record Awaiting(String text, Predicate<Stage> condition) implements When {

    /// How often it is looked whether it is so.
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private static final Duration TIME_MAX = Duration.ofHours(3);

    @Override
    public void begin(Stage stage) {
        var end = stage.now().plus(TIME_MAX);
        while (!condition.test(stage)) {
            if (stage.now().compareTo(end) > 0) {
                throw new AssertionError("it isn't so within " + TIME_MAX);
            }
            stage.simulation().run(INTERVAL);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
