package org.stratafed.server.engine.pdu.room;

import java.util.List;
import java.util.SequencedCollection;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;

/// What follows from a room's commit, after it is durable.
public interface RoomListener {

    /// What a turn took that wrote or staged these events.
    void onTurn(SequencedCollection<EventId> events, TurnTimes times);

    /// The room shows readers something new, up to this position.
    void onTimeline(long position);

    /// There is something in the outbox for these servers.
    void onOutbox(SequencedSet<ServerName> audience);

    /// Events of the room wait for something, or what some wait for has come.
    void onStaged(RoomId room);

    /// These events wait for the signature of the room's policy server.
    void onUnsigned(RoomId room, List<Pdu> events);
}
