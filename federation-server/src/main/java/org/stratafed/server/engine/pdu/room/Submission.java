package org.stratafed.server.engine.pdu.room;

import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;

/// What became of an event of ours.
public sealed interface Submission {

    /// It is part of the room.
    record Made(EventId event) implements Submission {}

    /// It would be, but has to be signed by the room's policy server first. Nothing is kept of it.
    record Unsigned(Pdu event) implements Submission {}
}
