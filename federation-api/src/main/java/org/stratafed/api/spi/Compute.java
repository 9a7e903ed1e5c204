package org.stratafed.api.spi;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Supplier;

/// Where labour is done: parsing, hashing, signatures, state resolution, large answers. Work given
/// to it is a pure function of immutable values.
public interface Compute {

    /// Runs the work beside the engine loop and completes on the loop.
    <T> Uni<T> run(Supplier<T> work);

    /// Runs all of it, over all cores, and answers in the order given.
    <T> Uni<List<T>> runAll(List<Supplier<T>> work);
}
