package org.stratafed.server.engine.pdu.room;

import java.util.List;
import java.util.SequencedCollection;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;

/// What follows from a room's commit, after it is durable.
public interface RoomListener {

    /// What a turn took that wrote or staged these events.
    void onTurn(SequencedCollection<EventId> events, TurnTimes times);

    /// The room shows readers something new, up to this position.
    void onTimeline(long position);

    /// The room's state has changed, perhaps by no event that readers are shown: it is resolved
    /// from other states than before.
    ///
    /// @param members local users whose memberships that has changed
    /// @param isShown whether an event is shown as well
    void onState(RoomId room, SequencedSet<UserId> members, boolean isShown, long position);

    /// There is something in the outbox for these servers.
    void onOutbox(SequencedSet<ServerName> audience);

    /// Events of the room wait for something, or what some wait for has come.
    void onStaged(RoomId room);

    /// These events wait for the signature of the room's policy server.
    void onUnsigned(RoomId room, List<Pdu> events);
}
