package org.stratafed.simulator.scenario;

import java.util.function.Consumer;

/// A step in words and in deed.
record Doing(String text, Consumer<Stage> deed) implements When {

    @Override
    public void begin(Stage stage) {
        deed.accept(stage);
    }

    @Override
    public String toString() {
        return text;
    }
}
