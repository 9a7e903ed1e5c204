package org.stratafed.simulator.scenario;

/// What is so in the end, when the faults are healed and everything has come to rest.
public interface Then {

    /// Throws an [AssertionError] if it isn't.
    void check(Stage stage);

    /// As it reads in a failure.
    @Override
    String toString();
}
