package org.stratafed.server.engine.pdu.room;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;

/// Events with what they cite first. The order given is kept where citations leave it open; cycles,
/// which hashes rule out but a peer may still claim by lying about ids, end in some order.
final class TopologicalOrder {

    private TopologicalOrder() {}

    static List<Pdu> byPrevEvents(Collection<Pdu> events) {
        return sort(events, Pdu::prevEvents);
    }

    /// Create events come first: in newer room versions others rest on theirs without citing it.
    static List<Pdu> byAuthEvents(Collection<Pdu> events) {
        var createsFirst = new ArrayList<Pdu>(events.size());
        events.stream().filter(TopologicalOrder::isCreate).forEach(createsFirst::add);
        events.stream().filter(event -> !isCreate(event)).forEach(createsFirst::add);
        return sort(createsFirst, Pdu::authEvents);
    }

    private static boolean isCreate(Pdu event) {
        return event.isState("m.room.create", "");
    }

    private static List<Pdu> sort(Collection<Pdu> events, Function<Pdu, List<EventId>> cited) {
        SequencedMap<EventId, Pdu> all = new LinkedHashMap<>();
        events.forEach(event -> all.putIfAbsent(event.id(), event));
        var sorted = new ArrayList<Pdu>(all.size());
        var begun = new LinkedHashSet<EventId>();
        var done = new LinkedHashSet<EventId>();
        for (var root : all.values()) {
            // A stack instead of recursion: chains are as long as peers make them.
            var stack = new ArrayDeque<Pdu>();
            stack.push(root);
            while (!stack.isEmpty()) {
                var event = stack.peek();
                if (begun.add(event.id())) {
                    var parents = cited.apply(event);
                    for (int i = parents.size() - 1; i >= 0; i--) {
                        var parent = all.get(parents.get(i));
                        if (parent != null && !begun.contains(parent.id())) {
                            stack.push(parent);
                        }
                    }
                } else {
                    stack.pop();
                    if (done.add(event.id())) {
                        sorted.add(event);
                    }
                }
            }
        }
        return sorted;
    }
}
