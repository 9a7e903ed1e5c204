package org.stratafed.api.spi.store;

/// Whether a commit took effect. Anything else (a full disk) is a failure of the `Uni`.
public sealed interface CommitResult {

    /// Durable. `revision` is the room's new one, `position` the newest in the stream.
    record Committed(long revision, long position) implements CommitResult {}

    /// Another writer moved the room on; decide again on a fresh snapshot.
    record Conflict(long currentRevision) implements CommitResult {}
}
