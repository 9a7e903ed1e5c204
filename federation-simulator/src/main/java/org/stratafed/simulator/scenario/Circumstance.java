package org.stratafed.simulator.scenario;

import java.util.function.Consumer;

/// Something about the world that may be so from the start, or become so.
public record Circumstance(String text, Consumer<Stage> change) implements Given, When {

    @Override
    public void establish(Stage stage) {
        change.accept(stage);
    }

    @Override
    public void begin(Stage stage) {
        change.accept(stage);
    }

    @Override
    public String toString() {
        return text;
    }
}
