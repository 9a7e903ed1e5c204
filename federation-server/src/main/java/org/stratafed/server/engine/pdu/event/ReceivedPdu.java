package org.stratafed.server.engine.pdu.event;

import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;

/// What the checks came to that a received event goes through on its own, without its room.
public sealed interface ReceivedPdu {

    /// An event that its sender's server signed.
    ///
    /// @param redacted whether its content wasn't what was signed, so that this is our redacted
    ///     copy of it
    record Sound(Pdu pdu, boolean redacted) implements ReceivedPdu {}

    /// To be dropped.
    ///
    /// @param id empty if it isn't even an event
    record Refused(Optional<EventId> id, Refusal refusal) implements ReceivedPdu {}
}
