package org.stratafed.simulator.check;

import org.stratafed.simulator.host.Observer;

/// Something that has to hold in every run, and who looks after it.
///
/// @param sentence what has to hold, in plain words
public record Check(Observer observer, String sentence) {

    public String name() {
        return observer.getClass().getSimpleName();
    }
}
