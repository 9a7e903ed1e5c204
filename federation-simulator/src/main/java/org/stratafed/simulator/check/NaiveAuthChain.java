package org.stratafed.simulator.check;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;

/// Auth chains, each walked in full.
final class NaiveAuthChain {

    private final NaiveEvents events;
    private final NaiveReading reading;
    private final SequencedMap<EventId, SequencedSet<EventId>> known = new LinkedHashMap<>();

    NaiveAuthChain(NaiveEvents events, NaiveReading reading) {
        this.events = events;
        this.reading = reading;
    }

    /// What the event cites, what that cites, and so on.
    SequencedSet<EventId> of(EventId event) {
        return known.computeIfAbsent(event, this::walk);
    }

    private SequencedSet<EventId> walk(EventId event) {
        SequencedSet<EventId> chain = new LinkedHashSet<>();
        SequencedSet<EventId> todo = new LinkedHashSet<>();
        todo.add(event);
        while (!todo.isEmpty()) {
            var next = todo.removeFirst();
            for (var cited : events.event(next).map(Pdu::authEvents).orElseThrow()) {
                if (chain.add(cited)) {
                    todo.add(cited);
                }
            }
        }
        return chain;
    }

    /// The full auth chain of a state.
    SequencedSet<EventId> ofState(Collection<EventId> state) {
        SequencedSet<EventId> full = new LinkedHashSet<>();
        for (var event : state) {
            full.addAll(of(event));
            if (reading == NaiveReading.DEPLOYED) {
                full.add(event);
            }
        }
        return full;
    }
}
