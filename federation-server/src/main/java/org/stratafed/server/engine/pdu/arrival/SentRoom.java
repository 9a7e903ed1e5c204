package org.stratafed.server.engine.pdu.arrival;

import java.util.Optional;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.room.StateMap;

/// A room as another server sent it, whose events are stored now.
///
/// @param before the state before our join, of the events that passed their checks
/// @param version what its create event says, if there is one
/// @param join our join as that server signed it, if it sent that
public record SentRoom(StateMap before, Optional<String> version, Optional<RawPdu> join) {}
