package org.stratafed.api.spi.store;

import java.util.List;

/// Whether a commit took effect. Anything else (a full disk) is a failure of the `Uni`.
public sealed interface CommitResult {

    /// Durable. `revision` is the room's new one, `position` the newest in the stream.
    ///
    /// @param events those that were written, each once, as the store has them now: with the
    ///     places that it gave them
    record Committed(long revision, long position, List<StoredEvent> events)
            implements CommitResult {

        public Committed {
            events = List.copyOf(events);
        }
    }

    /// Another writer moved the room on; decide again on a fresh snapshot.
    record Conflict(long currentRevision) implements CommitResult {}
}
