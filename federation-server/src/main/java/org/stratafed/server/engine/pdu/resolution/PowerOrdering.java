package org.stratafed.server.engine.pdu.resolution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.server.engine.pdu.auth.Power;

/// The reverse topological power ordering: every event after those it cites; of the ones that could
/// come next the one whose sender had the most power, then the earliest, then the lowest id.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v11/#definitions">Reverse topological power
///     ordering</a>
final class PowerOrdering {

    private static final Comparator<Ranked> NEXT =
            Comparator.comparing(Ranked::power, Comparator.reverseOrder())
                    .thenComparing(ranked -> ranked.event().originServerTs())
                    .thenComparing(ranked -> ranked.event().id());

    private final SequencedMap<EventId, Pdu> candidates;
    private final SenderPower senderPower;

    /// @param candidates the full conflicted set
    PowerOrdering(SequencedMap<EventId, Pdu> candidates, SenderPower senderPower) {
        this.candidates = candidates;
        this.senderPower = senderPower;
    }

    private record Ranked(Pdu event, Power power) {}

    /// The candidates' power events and all candidates that these rest on, in order.
    List<Pdu> sorted() {
        return sort(withCited(powerEvents()));
    }

    private List<EventId> powerEvents() {
        return candidates.values().stream().filter(PowerEvents::isPowerEvent).map(Pdu::id).toList();
    }

    /// Adds what the events cite, over candidates only.
    ///
    /// The specification takes an event's whole auth chain, which might also get to a candidate by
    /// way of an event that isn't one. Deployed servers don't go there, and rooms must come out
    /// as they do there.
    private SequencedSet<EventId> withCited(List<EventId> events) {
        var all = new LinkedHashSet<>(events);
        var open = new ArrayDeque<>(events);
        while (!open.isEmpty()) {
            for (var cited : candidates.get(open.pop()).authEvents()) {
                if (candidates.containsKey(cited) && all.add(cited)) {
                    open.push(cited);
                }
            }
        }
        return all;
    }

    /// Kahn's algorithm: an event gets ready when the last of those it cites has been placed.
    private List<Pdu> sort(SequencedSet<EventId> events) {
        var waitsFor = new LinkedHashMap<EventId, Integer>();
        var citedBy = new LinkedHashMap<EventId, List<EventId>>();
        var ready = new PriorityQueue<>(NEXT);
        for (var id : events) {
            var cited = new LinkedHashSet<>(candidates.get(id).authEvents());
            cited.retainAll(events);
            cited.forEach(c -> citedBy.computeIfAbsent(c, _ -> new ArrayList<>()).add(id));
            waitsFor.put(id, cited.size());
            if (cited.isEmpty()) {
                ready.add(ranked(id));
            }
        }
        var sorted = new ArrayList<Pdu>();
        while (!ready.isEmpty()) {
            var next = ready.remove().event();
            sorted.add(next);
            for (var id : citedBy.getOrDefault(next.id(), List.of())) {
                if (waitsFor.merge(id, -1, Integer::sum) == 0) {
                    ready.add(ranked(id));
                }
            }
        }
        return sorted;
    }

    private Ranked ranked(EventId id) {
        var event = candidates.get(id);
        return new Ranked(event, senderPower.of(event));
    }
}
