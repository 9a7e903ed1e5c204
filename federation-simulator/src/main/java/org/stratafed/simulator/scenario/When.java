package org.stratafed.simulator.scenario;

/// Something that is done. The next step waits for its end, unless it is done [Steps#meanwhile].
public interface When {

    void begin(Stage stage);

    /// As it reads in a failure.
    @Override
    String toString();
}
