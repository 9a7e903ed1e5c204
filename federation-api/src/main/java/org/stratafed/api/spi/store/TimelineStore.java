package org.stratafed.api.spi.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.StatePoint;

/// Rooms as readers see them: the stream of accepted events and memberships, and pages of history.
/// Only reads, beside the writer; an answer is consistent with one position of the stream.
public interface TimelineStore {

    /// The order of a live event: that of its position, with room for history before it.
    int ORDER_BITS_PER_POSITION = 20;

    /// The order in its room's history of the live event at this position of the stream.
    static long orderAt(long position) {
        return position << ORDER_BITS_PER_POSITION;
    }

    /// The newest position of the stream: everything up to it is durable.
    Uni<Long> position();

    /// Live accepted events of all rooms with `after < position <= upTo`, ascending, at most `max`.
    Uni<List<StoredEvent>> stream(long after, long upTo, int max);

    /// The newest live accepted events of a room with `after < position <= upTo`, ascending, at
    /// most `max` of them.
    Uni<List<StoredEvent>> newest(RoomId room, long after, long upTo, int max);

    /// Events of a room's history with `order < from` (backwards: newest first) or `order > from`
    /// (forwards: oldest first), live and historical ones, at most `max`.
    Uni<List<StoredEvent>> page(RoomId room, long from, boolean backwards, int max);

    /// Events of a room's history by the time that their senders' servers say, with
    /// `(origin_server_ts, order) > from` (oldest first) or `< from` (backwards: newest first).
    /// Live and historical ones, at most `max`.
    Uni<List<StoredEvent>> byTime(RoomId room, TimePoint from, boolean backwards, int max);

    /// The point of the room's current state as it was at a position; empty before the room was
    /// known.
    Uni<Optional<StatePoint>> currentAt(RoomId room, long position);

    /// What these keys are set to at these points of the room's state. A key that is not set is
    /// left out; every point asked for is there. One read.
    Uni<SequencedMap<StatePoint, SequencedMap<StateKeyTuple, Pdu>>> stateEvents(
            RoomId room, SequencedMap<StatePoint, SequencedSet<StateKeyTuple>> wanted);

    /// The redactions of these events, by target, oldest first by order: live and historical ones
    /// that are accepted. Whether one may be applied is the reader's matter. Targets without any
    /// are left out. One read.
    Uni<SequencedMap<EventId, List<StoredEvent>>> redactions(
            RoomId room, SequencedSet<EventId> targets);

    /// All memberships that a user has or had, also out-of-band ones (invites and rejected invites
    /// to rooms this server is not in), each as of the newest change.
    default Uni<List<UserMembership>> memberships(UserId user) {
        return memberships(user, Long.MAX_VALUE);
    }

    /// The same, as it was at a position: of each room the newest change that is not after it.
    Uni<List<UserMembership>> memberships(UserId user, long upTo);

    /// The changes of a user's own membership with `after < position <= upTo`, ascending.
    Uni<List<UserMembership>> membershipChanges(UserId user, long after, long upTo);

    /// How many members these rooms have now; 0 for one that isn't held here. One read.
    Uni<SequencedMap<RoomId, Long>> joinedMembers(SequencedSet<RoomId> rooms);

    /// Servers with joined members in the room now.
    Uni<SequencedSet<ServerName>> residentServers(RoomId room);

    /// Whether the server has, or ever had, a joined member in the room.
    Uni<Boolean> everResident(RoomId room, ServerName server);

    /// Local users joined to the room now.
    Uni<List<UserId>> localMembers(RoomId room, ServerName local);

    /// The client transactions that made these events, for `unsigned.transaction_id`.
    Uni<SequencedMap<EventId, ClientTransaction>> clientTransactions(SequencedSet<EventId> events);

    /// Events of the room's history (with an order) that cite previous events which are not placed
    /// (not stored, or stored as outliers only), newest first, with the ids they lack: where
    /// back-filling goes on.
    Uni<List<BackwardExtremity>> backwardExtremities(RoomId room);

    /// An event and its place, if it cites events that are not stored.
    record BackwardExtremity(EventId event, long order, SequencedSet<EventId> missing) {}

    /// A place between events in the order of their times. Events of the same time are ordered as
    /// in the room's history.
    record TimePoint(long originServerTs, long order) {

        /// Before all events of this time.
        public static TimePoint before(long originServerTs) {
            return new TimePoint(originServerTs, Long.MIN_VALUE);
        }

        /// After all events of this time.
        public static TimePoint after(long originServerTs) {
            return new TimePoint(originServerTs, Long.MAX_VALUE);
        }
    }
}
