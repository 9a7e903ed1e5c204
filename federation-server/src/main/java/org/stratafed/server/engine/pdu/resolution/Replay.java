package org.stratafed.server.engine.pdu.resolution;

import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.server.engine.pdu.auth.AuthVerdict;

/// One event's turn in a state resolution.
///
/// @param amongPowerEvents whether it came among the power events, or along the mainline
/// @param consulted what the verdict looked at, and what it found there
public record Replay(
        Pdu event,
        boolean amongPowerEvents,
        AuthVerdict verdict,
        SequencedMap<StateKeyTuple, Optional<EventId>> consulted) {}
