package org.stratafed.server.engine.pdu.room;

import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;

/// The events that these keys are set to in the current state, in the order asked, as far as they
/// are. Changes nothing.
public record CurrentEvents(List<StateKeyTuple> keys) implements Decision<List<Pdu>> {

    @Override
    public List<Pdu> decide(RoomTransition transition, Deciding with) {
        return of(transition, keys);
    }

    static List<Pdu> of(RoomTransition transition, List<StateKeyTuple> keys) {
        var ids = new ArrayList<EventId>();
        keys.forEach(key -> transition.currentState().get(key).ifPresent(ids::add));
        transition.require(ids);
        return ids.stream().map(id -> transition.event(id).orElseThrow().pdu()).toList();
    }
}
