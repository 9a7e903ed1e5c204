package org.stratafed.server.engine.pdu.event;

import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.Refusal;

/// What reading a peer's JSON as an event came to.
public sealed interface ParsedPdu {

    record Parsed(Pdu pdu) implements ParsedPdu {}

    /// It hasn't the format of its room version's events, so it has no ID either.
    record NotAnEvent(Refusal refusal) implements ParsedPdu {}
}
