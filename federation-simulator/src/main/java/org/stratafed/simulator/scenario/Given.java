package org.stratafed.simulator.scenario;

/// What is so before anything is tried. Everything comes to rest after each of these.
public interface Given {

    void establish(Stage stage);

    /// As it reads in a failure.
    @Override
    String toString();
}
