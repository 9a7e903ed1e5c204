package org.stratafed.api.spi.store;

import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.room.StatePoint;

/// An event as the store has it.
///
/// @param refusal why it was rejected or soft-failed
/// @param before the room's state before the event; empty for an outlier
/// @param after the state after it; empty for an outlier
/// @param position its place in the stream that consumers follow; only live, accepted events have
///     one
/// @param order its place in the room's history, ascending with time as readers page through it;
///     live and historical accepted events have one
public record StoredEvent(
        Pdu pdu,
        EventKind kind,
        EventStatus status,
        Optional<Refusal> refusal,
        Optional<StatePoint> before,
        Optional<StatePoint> after,
        OptionalLong position,
        OptionalLong order) {}
