package org.stratafed.api.layer.pdu;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.JoinUnderWay;
import org.stratafed.api.model.room.RoomState;

/// Rooms as graphs of events. It decides whether an event stands and what the room's state is; what
/// users see of that is the messaging layer's business, and how events travel is the transaction
/// layer's.
///
/// Calls about one room take effect in the order made; rooms don't wait for each other. Calls fail
/// with a [org.stratafed.api.model.error.MatrixException] when the answer is no, with a
/// [org.stratafed.api.model.error.RemoteFailure] when another server could not help.
public interface PduLayer {

    /// Builds the create event and all that follows, authorises and signs them, and commits the
    /// room as a whole.
    Uni<RoomId> create(RoomPlan plan);

    /// Builds, authorises and signs the event, commits it together with its outbox row, and answers
    /// with its id. With a client transaction that was seen before: the id of the event it made.
    Uni<EventId> submit(EventDraft draft, Optional<ClientTransaction> client);

    /// Invites a user. One of another server is asked for its signature first.
    Uni<EventId> invite(RoomId room, UserId sender, UserId target, JsonObject content);

    /// Joins: directly when the room is held here and lets the user in, or somebody here can vouch
    /// for them; otherwise through the first of these servers that does, and answers when the room
    /// is usable. Events of its state that fail their checks are dropped and recorded; the join
    /// fails only if the create event, the join's own auth events or the join itself don't stand.
    Uni<EventId> join(RoomId room, UserId user, List<ServerName> via, JsonObject content);

    /// How far the joins of this user through other servers are that go on now, also those taken up
    /// again after a crash.
    List<JoinUnderWay> joinsUnderWay(UserId user);

    /// Asks to be let in: in the room when it is held here, otherwise through the first of these
    /// servers that takes the knock.
    Uni<EventId> knock(RoomId room, UserId user, List<ServerName> via, JsonObject content);

    /// Leaves a room, or rejects an invite or takes back a knock to one that is not held here. When
    /// no server of that room answers, that is recorded here alone.
    Uni<Void> leave(RoomId room, UserId user, JsonObject content);

    /// Servers that others may be told to come into the room through: those in it that it doesn't
    /// deny, and that have a name. Empty when the room is not held here.
    Uni<SequencedSet<ServerName>> waysIn(RoomId room);

    /// The current state. Empty when the room is not held here.
    Uni<Optional<RoomState>> state(RoomId room);

    /// The state before or after one of its events. Empty when it is not known.
    Uni<Optional<RoomState>> stateAt(RoomId room, EventId event, boolean after);

    /// An event of the room that is accepted, wherever it stands in the graph.
    Uni<Optional<Pdu>> event(RoomId room, EventId event);

    /// Asks other servers for history older than what is here, and answers how many events came.
    Uni<Integer> backfill(RoomId room, int limit);

    /// Why events are what they are.
    Explanations explanations();

    /// What is the matter with rooms.
    RoomHealth health();
}
