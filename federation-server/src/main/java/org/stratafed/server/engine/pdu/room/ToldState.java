package org.stratafed.server.engine.pdu.room;

import java.util.Collection;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.room.StateMap;

/// A state as another server told it. Events of it that don't stand are left out.
///
/// @param isComplete whether all of its events are here: if not, nothing may be rejected by it
record ToldState(StateMap state, boolean isComplete) {

    static ToldState of(RoomTransition transition, Collection<EventId> ids) {
        transition.require(ids);
        var state = StateMap.empty();
        boolean complete = true;
        for (var id : ids) {
            var stored = transition.event(id);
            complete &= stored.isPresent();
            var key =
                    stored.filter(event -> event.status() != EventStatus.REJECTED)
                            .flatMap(event -> event.pdu().stateTuple());
            if (key.isPresent()) {
                state = state.with(key.get(), id);
            }
        }
        return new ToldState(state, complete);
    }
}
