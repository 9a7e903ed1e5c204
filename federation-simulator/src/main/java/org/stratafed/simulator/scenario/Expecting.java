package org.stratafed.simulator.scenario;

import java.util.function.Consumer;

/// An expectation in words and in deed.
record Expecting(String text, Consumer<Stage> deed) implements Then {

    @Override
    public void check(Stage stage) {
        deed.accept(stage);
    }

    @Override
    public String toString() {
        return text;
    }
}
