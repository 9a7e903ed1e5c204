package org.stratafed.api.model.event;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.id.EventId;

/// What became of one received PDU. Every path through the PDU layer ends in exactly one.
public sealed interface PduOutcome {

    /// Stored and part of the room: live ones become forward extremities, historical ones don't.
    record Accepted() implements PduOutcome {}

    /// Stored and usable in state resolution, but neither shown nor built upon.
    record SoftFailed(Refusal refusal) implements PduOutcome {}

    /// Stored so that events citing it can be rejected in turn; never part of any state.
    record Rejected(Refusal refusal) implements PduOutcome {}

    /// Not stored: it isn't an event, or not one its sender's server signed.
    record Dropped(Refusal refusal) implements PduOutcome {}

    /// Known and placed already, by a correctly signed copy, whatever became of it then.
    record Duplicate() implements PduOutcome {}

    /// Staged durably until what it waits for is there.
    record Deferred(Wait reason, SequencedSet<EventId> missing) implements PduOutcome {

        public Deferred {
            missing = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(missing));
        }
    }

    /// What a deferred event waits for.
    enum Wait {
        /// Events it cites that aren't known yet.
        CITED_EVENTS,
        /// This server's join of the room, which is under way.
        JOIN,
        /// The signature of the room's policy server.
        POLICY,
        /// A defect of ours to be mended: deciding on the event ended in an unexpected exception.
        MENDING
    }

    /// The `error` a transaction's response carries for the event, if any.
    ///
    /// A soft failure is our own business: the event is valid, so its sender is told nothing.
    default Optional<String> wireError() {
        return switch (this) {
            case Rejected(var refusal) -> Optional.of(refusal.text());
            case Dropped(var refusal) -> Optional.of(refusal.text());
            case Accepted _, SoftFailed _, Duplicate _, Deferred _ -> Optional.empty();
        };
    }
}
