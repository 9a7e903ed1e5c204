package org.stratafed.api.layer.transport;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/// A peer's answer that is taken in while it arrives, a few parts at a time. What isn't pulled
/// isn't read from the network either, but for a little.
///
/// @param <P> a part of the answer
public interface AnswerStream<P> {

    /// The next parts, or empty at the end. Only one call at a time. Fails with a
    /// [org.stratafed.api.model.error.RemoteFailure] only, for good.
    Uni<Optional<List<P>>> next();

    /// How many bytes of the answer have been taken in so far.
    long bytes();

    /// Gives up on the rest.
    void discard();
}
