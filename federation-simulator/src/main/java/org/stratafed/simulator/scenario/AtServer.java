package org.stratafed.simulator.scenario;

/// Something about one server.
public interface AtServer {

    String server();

    /// What happens there, in the words of a failure.
    default String at(String what) {
        return "at " + server() + ", " + what;
    }
}
