package org.stratafed.api.spi.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.StateCompleteness;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.model.room.StateReset;

/// One whole change of a room.
///
/// @param basedOn the revision that the decision was made on; 0 for a room that is new here
/// @param version the room's version; stored when the room is new
/// @param events in the order that they get their positions in; an event that is stored already
///     (an outlier that is placed, a soft-failed one that is judged again) is overwritten
/// @param lines state lines opened by this change
/// @param changes rows of state lines, in order
/// @param extremities all forward extremities after the change
/// @param current the current state after the change
/// @param currentChanges how the current state differs from the one before the change: the new
///     event of a key, or empty where the key is gone. Memberships follow from it
/// @param outbox events to be sent, in order
/// @param client the client's request that made the (only) event, if one did
/// @param staged events to be kept until what they wait for is there
/// @param unstaged events that wait no longer
/// @param arrival how the events came that are written or staged by this, if another server sent
///     them. An event that was staged keeps the arrival that it was staged with
/// @param resets where the state went back by this change, though nobody did that
public record RoomCommit(
        RoomId room,
        long basedOn,
        RoomVersion version,
        StateCompleteness completeness,
        List<EventWrite> events,
        List<LineOpened> lines,
        List<StateChange> changes,
        SequencedSet<EventId> extremities,
        StatePoint current,
        SequencedMap<StateKeyTuple, Optional<EventId>> currentChanges,
        List<OutboxEntry> outbox,
        Optional<ClientTransaction> client,
        List<StagedEvent> staged,
        SequencedSet<EventId> unstaged,
        List<StateReset> resets,
        Optional<Arrival> arrival) {

    /// An event with its verdict.
    ///
    /// @param before and `after`: empty for an outlier
    /// @param orderBefore for a historical event: it gets a place in the room's history directly
    ///     before this order (and after all that is older); empty for all others
    public record EventWrite(
            Pdu pdu,
            EventKind kind,
            EventStatus status,
            Optional<Refusal> refusal,
            Optional<StatePoint> before,
            Optional<StatePoint> after,
            OptionalLong orderBefore) {}

    /// A new line of state, starting from a point of another or from the empty state.
    public record LineOpened(int line, Optional<StatePoint> parent) {}

    /// One step of a state line: from this version on, the key has this event, or is gone.
    public record StateChange(StatePoint at, StateKeyTuple key, Optional<EventId> event) {}

    /// An event to be sent to these servers, never to ourselves. One row, however many servers.
    public record OutboxEntry(EventId event, SequencedSet<ServerName> audience) {}
}
