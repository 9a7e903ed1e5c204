package org.stratafed.simulator.check;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.id.EventId;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.host.Violations;
import org.stratafed.simulator.store.RoomTable;

/// No forward extremity comes before another one. An old event among them would bring back the
/// state of its time.
final class NewestOnly implements Observer {

    private final Violations violations;

    NewestOnly(Violations violations) {
        this.violations = violations;
    }

    @Override
    public void onQuiet(Simulation simulation) {
        for (var server : simulation.servers()) {
            for (var room : server.disk().rooms()) {
                var tips = room.extremities();
                if (tips.size() > 1) {
                    var older = new LinkedHashSet<>(tips);
                    older.retainAll(before(room, tips));
                    if (!older.isEmpty()) {
                        violations.add(
                                "at %s, %s is a forward extremity and comes before another"
                                        .formatted(server, older));
                    }
                }
            }
        }
    }

    /// All that is placed here and comes before these events.
    private static SequencedSet<EventId> before(RoomTable room, List<EventId> events) {
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
