package org.stratafed.server.engine.pdu.resolution;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.stratafed.api.model.id.EventId;

/// The conflicted state subgraph: all events on a path of auth events from one conflicted event to
/// another, both ends included. Walks the auth chains of the conflicted events, and no others.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#definitions">Conflicted state
///     subgraph</a>
final class ConflictedSubgraph {

    private final SequencedSet<EventId> conflicted;
    private final AuthEdges edges;

    /// For each event walked whether it leads to a conflicted event, or is one. While its chain is
    /// being walked: whether it is one.
    private final LinkedHashMap<EventId, Boolean> leadsToConflict = new LinkedHashMap<>();

    private ConflictedSubgraph(SequencedSet<EventId> conflicted, AuthEdges edges) {
        this.conflicted = conflicted;
        this.edges = edges;
    }

    static SequencedSet<EventId> of(SequencedSet<EventId> conflicted, AuthEdges edges) {
        var subgraph = new ConflictedSubgraph(conflicted, edges);
        conflicted.forEach(subgraph::walk);
        return subgraph.events();
    }

    /// Depth first and by hand: chains are longer than a stack is deep.
    private void walk(EventId start) {
        var path = new ArrayDeque<EventId>();
        path.push(start);
        while (!path.isEmpty()) {
            var event = path.peek();
            if (leadsToConflict.putIfAbsent(event, conflicted.contains(event)) == null) {
                for (var cited : edges.authEvents(event)) {
                    if (!leadsToConflict.containsKey(cited)) {
                        path.push(cited);
                    }
                }
            } else {
                path.pop();
                conclude(event);
            }
        }
    }

    /// All that the event cites is known by now.
    private void conclude(EventId event) {
        for (var cited : edges.authEvents(event)) {
            if (leadsToConflict.get(cited)) {
                leadsToConflict.put(event, true);
            }
        }
    }

    private SequencedSet<EventId> events() {
        var events = new LinkedHashSet<EventId>();
        leadsToConflict.forEach(
                (event, leads) -> {
                    if (leads) {
                        events.add(event);
                    }
                });
        return events;
    }
}
