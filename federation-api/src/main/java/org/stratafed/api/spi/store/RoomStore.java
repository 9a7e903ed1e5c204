package org.stratafed.api.spi.store;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;

/// The rooms of one homeserver as graphs: events, state, forward extremities, and the outbox rows
/// that follow from them.
///
/// There are no interactive transactions. The engine reads, decides, and hands over the whole
/// change as one value, which the store applies entirely or not at all. So a store needs one writer
/// and no locks, and an event is durable exactly when its outbox row is.
public interface RoomStore {

    /// The room's tip. Empty for a room that this server does not hold.
    Uni<Optional<RoomSnapshot>> snapshot(RoomId room);

    /// What is stored of these events, in the order asked; unknown ones are left out. One read.
    Uni<SequencedMap<EventId, StoredEvent>> events(RoomId room, Collection<EventId> ids);

    /// The state at a point: the line's rows over those of its parents. One read.
    Uni<StateMap> state(RoomId room, StatePoint point);

    /// The auth chains of these events, the events themselves included, as edges: event to its
    /// auth events. Events that are cited but not stored are left out. One read.
    Uni<SequencedMap<EventId, List<EventId>>> authChains(RoomId room, Collection<EventId> ids);

    /// The newest version of each of these lines.
    Uni<SequencedMap<Integer, Integer>> lineHeads(RoomId room, SequencedSet<Integer> lines);

    /// Applies the change if the room is still at [RoomCommit#basedOn()].
    ///
    /// Completes after the change is durable. Fails (with any exception) when it is not; the
    /// change has not taken effect then.
    Uni<CommitResult> commit(RoomCommit commit);

    /// Which room an event was stored in, for requests that name only the event.
    Uni<Optional<RoomId>> roomOf(EventId event);

    /// The event that a client's request made earlier in this room, if it did.
    Uni<Optional<EventId>> eventOf(RoomId room, ClientTransaction transaction);

    /// Events that wait in this room, oldest first: staged durably, not decided. Staging an event
    /// that is staged already changes nothing.
    Uni<List<StagedEvent>> staged(RoomId room);

    /// The rooms that have staged events, for the start after a crash.
    Uni<List<RoomId>> roomsWithStaged();
}
