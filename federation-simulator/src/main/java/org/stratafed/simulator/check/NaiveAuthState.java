package org.stratafed.simulator.check;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.simulator.check.rules.RoomState;
import org.stratafed.simulator.check.rules.SlowAuthRules;

/// The states that events' own auth events make up, with the create event, whether or not the room
/// version has it cited.
final class NaiveAuthState {

    private static final StateKeyTuple POWER_LEVELS = new StateKeyTuple("m.room.power_levels", "");

    private final SlowAuthRules rules;
    private final NaiveEvents events;

    NaiveAuthState(SlowAuthRules rules, NaiveEvents events) {
        this.rules = rules;
        this.events = events;
    }

    RoomState of(Pdu event) {
        return RoomState.of(cited(event, false));
    }

    /// Without those that were rejected.
    SequencedMap<StateKeyTuple, Pdu> accepted(Pdu event) {
        return cited(event, true);
    }

    Optional<Pdu> powerLevels(Pdu event) {
        return Optional.ofNullable(cited(event, false).get(POWER_LEVELS));
    }

    private SequencedMap<StateKeyTuple, Pdu> cited(Pdu event, boolean acceptedOnly) {
        var state = new LinkedHashMap<StateKeyTuple, Pdu>();
        if (!rules.createIsCited()) {
            event.roomId().createEvent().ifPresent(id -> add(state, id, acceptedOnly));
        }
        event.authEvents().forEach(id -> add(state, id, acceptedOnly));
        return state;
    }

    private void add(SequencedMap<StateKeyTuple, Pdu> state, EventId id, boolean acceptedOnly) {
        if (acceptedOnly && events.isRejected(id)) {
            return;
        }
        events.event(id).ifPresent(it -> state.put(it.stateTuple().orElseThrow(), it));
    }
}
