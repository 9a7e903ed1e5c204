package org.stratafed.simulator.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.id.EventId;
import org.stratafed.simulator.store.RoomTable;

/// Which of some events come before none of the others, by all that is placed in a room.
final class Newest {

    private Newest() {}

    static List<EventId> of(RoomTable room, List<EventId> events) {
        if (events.size() < 2) {
            return events;
        }
        var newest = new ArrayList<>(events);
        newest.removeAll(before(room, events));
        return newest;
    }

    /// All that is placed here and comes before these events.
    static SequencedSet<EventId> before(RoomTable room, List<EventId> events) {
        var found = new LinkedHashSet<EventId>();
        var next = new ArrayDeque<EventId>();
        events.forEach(id -> next.addAll(room.event(id).orElseThrow().pdu().prevEvents()));
        while (!next.isEmpty()) {
            var event = room.event(next.remove()).filter(it -> it.kind() != EventKind.OUTLIER);
            if (event.isPresent() && found.add(event.get().pdu().id())) {
                next.addAll(event.get().pdu().prevEvents());
            }
        }
        return found;
    }
}
