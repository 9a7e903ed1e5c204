package org.stratafed.simulator.host;

import java.util.ArrayList;
import java.util.List;

/// What was found to be wrong in the current step. They are collected and not thrown: where they
/// are noticed, somebody else's code is on the stack, which might think that they are its own.
public final class Violations {

    private final List<AssertionError> found = new ArrayList<>();

    public void add(String what) {
        found.add(new AssertionError(what));
    }

    public void add(String what, Throwable cause) {
        found.add(new AssertionError(what + ": " + cause, cause));
    }

    public List<String> texts() {
        return found.stream().map(AssertionError::getMessage).toList();
    }

    /// Fails with the first of them, if there is one.
    public void throwFirst() {
        if (!found.isEmpty()) {
            throw found.getFirst();
        }
    }
}
