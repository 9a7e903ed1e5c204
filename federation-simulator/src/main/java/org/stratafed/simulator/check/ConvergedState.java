package org.stratafed.simulator.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.host.Violations;
import org.stratafed.simulator.store.RoomTable;

/// Servers that have the same forward extremities of a room, and so the same events before them,
/// have the same state of it.
final class ConvergedState implements Observer {

    private final Violations violations;

    ConvergedState(Violations violations) {
        this.violations = violations;
    }

    private record Tip(RoomId room, TreeSet<EventId> extremities) {}

    private record Seen(SimServer server, RoomTable room) {}

    @Override
    public void onQuiet(Simulation simulation) {
        check(simulation);
    }

    @Override
    public void onEnd(Simulation simulation) {
        check(simulation);
    }

    private void check(Simulation simulation) {
        Map<Tip, Seen> tips = new LinkedHashMap<>();
        for (var server : simulation.servers()) {
            for (var room : server.disk().rooms()) {
                if (room.isHeld()) {
                    compare(tips, new Seen(server, room));
                }
            }
        }
    }

    private void compare(Map<Tip, Seen> tips, Seen seen) {
        var room = seen.room();
        var tip = new Tip(room.id(), new TreeSet<>(room.extremities()));
        var other = tips.putIfAbsent(tip, seen);
        if (other == null) {
            return;
        }
        var changes = other.room().currentState().changesTo(room.currentState());
        if (!changes.isEmpty()) {
            violations.add(
                    "%s and %s have the same events of %s, and differ in %s"
                            .formatted(other.server(), seen.server(), room.id(), changes));
        }
    }
}
