package org.stratafed.api.spi;

import java.util.Optional;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.StateReset;

/// What an operator is told: log lines and counters. Never blocks, never fails.
public interface Telemetry {

    /// An event from `origin` that was dropped, rejected or soft-failed, and why. The event id is
    /// absent when it could not be computed.
    void refused(
            ServerName origin, Optional<RoomId> room, Optional<EventId> event, Refusal refusal);

    /// Something between us and another server that an operator may have to act on: `what` is a
    /// whole sentence.
    void peer(ServerName server, String what);

    /// Part of a room's state went back though nobody did that. It is recorded.
    void stateReset(StateReset reset);

    /// How far work has come that takes long: `what` is a whole sentence.
    void progress(String what);

    /// A defect of ours: an exception nobody expected. `where` names the turn that it ended.
    void defect(String where, Throwable cause);
}
