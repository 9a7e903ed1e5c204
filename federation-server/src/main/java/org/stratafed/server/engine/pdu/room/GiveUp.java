package org.stratafed.server.engine.pdu.room;

import java.util.List;
import org.stratafed.api.model.id.EventId;

/// Events that waited for too long are no longer waited for. Whoever sends one again makes it wait
/// anew.
public record GiveUp(List<EventId> events) implements Decision<List<EventId>> {

    @Override
    public List<EventId> decide(RoomTransition transition, Deciding with) {
        events.forEach(transition.staging()::end);
        return events;
    }
}
