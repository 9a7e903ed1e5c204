package org.stratafed.server.engine.transaction.outbound;

import java.time.Instant;

/// What a [DestinationQueue] wants done next.
sealed interface Decision {

    /// Find the sealed batch, or seal one of what is pending.
    record Load() implements Decision {}

    /// Send the batch. It is sealed.
    record Send(Batch batch) implements Decision {}

    /// Record that the destination has the batch.
    ///
    /// @param more whether there may be more to send, which is then sealed in the same write
    record Acknowledge(Batch batch, boolean more) implements Decision {}

    /// Leave the destination alone until then.
    record WaitUntil(Instant instant) implements Decision {}

    /// Nothing is to be sent.
    record Idle() implements Decision {}

    /// What is under way goes on.
    record Unchanged() implements Decision {}
}
