package org.stratafed.server.engine.pdu.graph;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;

/// Those of the events a peer answered with that answer the question: predecessors, step by step,
/// of what was asked about. Whatever else it says is left out.
final class Ancestors {

    private Ancestors() {}

    /// In the order given.
    ///
    /// @param wanted the nearest ones
    static List<Pdu> of(RoomId room, Collection<EventId> wanted, List<Pdu> answer, int max) {
        var byId = new LinkedHashMap<EventId, Pdu>();
        answer.stream()
                .filter(event -> event.roomId().equals(room))
                .limit(max)
                .forEach(event -> byId.put(event.id(), event));
        var found = new LinkedHashSet<EventId>();
        var frontier = new ArrayDeque<>(wanted);
        while (!frontier.isEmpty()) {
            var event = byId.get(frontier.removeFirst());
            if (event != null && found.add(event.id())) {
                frontier.addAll(event.prevEvents());
            }
        }
        return byId.values().stream().filter(event -> found.contains(event.id())).toList();
    }
}
