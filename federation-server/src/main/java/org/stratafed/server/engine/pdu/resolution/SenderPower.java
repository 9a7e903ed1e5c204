package org.stratafed.server.engine.pdu.resolution;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.server.engine.pdu.auth.Power;
import org.stratafed.server.engine.pdu.auth.PowerLevels;

/// The power that senders had by the account of their own events: by the power levels, and the
/// create event, that an event cites. Power levels that many events cite are read once.
final class SenderPower {

    private final RoomVersionRules rules;
    private final CitedState citedState;
    private final SequencedMap<Optional<EventId>, PowerLevels> known = new LinkedHashMap<>();

    SenderPower(RoomVersionRules rules, CitedState citedState) {
        this.rules = rules;
        this.citedState = citedState;
    }

    Power of(Pdu event) {
        return citedState
                .create(event)
                .map(create -> powerLevels(event, create).of(event.sender()))
                .orElse(Power.ZERO);
    }

    private PowerLevels powerLevels(Pdu event, Pdu create) {
        var levels = citedState.powerLevels(event);
        return known.computeIfAbsent(
                levels.map(Pdu::id), _ -> PowerLevels.of(rules, create, levels));
    }
}
