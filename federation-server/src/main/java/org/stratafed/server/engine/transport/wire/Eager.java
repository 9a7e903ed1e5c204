package org.stratafed.server.engine.transport.wire;

import io.smallrye.mutiny.Uni;

/// Work that begins at once and is done once, however many ask for its outcome, and whether or not
/// they wait for it.
public final class Eager {

    private Eager() {}

    public static <T> Uni<T> start(Uni<T> work) {
        var outcome = work.memoize().indefinitely();
        outcome.subscribe().with(_ -> {}, _ -> {});
        return outcome;
    }
}
