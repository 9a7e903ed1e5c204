package org.stratafed.simulator.check;

import java.util.LinkedHashMap;
import java.util.Map;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.host.Violations;
import org.stratafed.simulator.store.Disk;

/// The states before and after an event stay what they were when the event was placed, whatever is
/// written later.
final class LastingState implements Observer {

    private final Violations violations;
    private final Map<ServerName, Map<EventId, Placed>> placed = new LinkedHashMap<>();

    private record Placed(RoomId room, StateMap before, StateMap after) {}

    LastingState(Violations violations) {
        this.violations = violations;
    }

    @Override
    public void onCommit(Disk disk, RoomCommit commit) {
        var room = disk.room(commit.room()).orElseThrow();
        var here = placed.computeIfAbsent(disk.owner(), _ -> new LinkedHashMap<>());
        for (var write : commit.events()) {
            if (write.before().isPresent() && write.after().isPresent()) {
                var before = room.state(write.before().get());
                var after = room.state(write.after().get());
                here.put(write.pdu().id(), new Placed(commit.room(), before, after));
            }
        }
    }

    @Override
    public void onRestore(SimServer server) {
        placed.remove(server.name());
    }

    @Override
    public void onEnd(Simulation simulation) {
        for (var server : simulation.servers()) {
            placed.getOrDefault(server.name(), new LinkedHashMap<>())
                    .forEach((event, states) -> check(server.disk(), event, states));
        }
    }

    private void check(Disk disk, EventId event, Placed states) {
        var room = disk.room(states.room()).orElseThrow();
        var stored = room.event(event).orElseThrow();
        if (!room.state(stored.before().orElseThrow()).equals(states.before())
                || !room.state(stored.after().orElseThrow()).equals(states.after())) {
            violations.add(
                    "%s has another state at %s than when it placed it"
                            .formatted(disk.owner(), stored.pdu()));
        }
    }
}
