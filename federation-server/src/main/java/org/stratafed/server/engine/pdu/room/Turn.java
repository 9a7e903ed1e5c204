package org.stratafed.server.engine.pdu.room;

import java.time.InstantSource;
import java.util.OptionalLong;

/// A decision that waits for its turn, or has it, and whoever waits for its answer.
final class Turn<T> {

    final Decision<T> decision;
    final Promise<T> promise;

    /// Whether it has its turn although the lane is held.
    final boolean overtakes;

    final StopWatch watch;

    /// The time that it decides at, however often it begins anew.
    OptionalLong now = OptionalLong.empty();

    int loads;
    int conflicts;

    Turn(Decision<T> decision, Promise<T> promise, boolean overtakes, InstantSource clock) {
        this.watch = new StopWatch(clock);
        this.decision = decision;
        this.promise = promise;
        this.overtakes = overtakes;
    }
}
