package org.stratafed.simulator.check.rules;

import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.StateKeyTuple;

/// The state that an event is checked against, with the create event in it, if it was accepted.
@FunctionalInterface
public interface RoomState {

    static RoomState of(SequencedMap<StateKeyTuple, Pdu> state) {
        return (type, stateKey) ->
                Optional.ofNullable(state.get(new StateKeyTuple(type, stateKey)));
    }

    Optional<Pdu> event(String type, String stateKey);
}
