package org.stratafed.simulator.check;

import java.util.LinkedHashSet;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.host.Violations;

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
                var older = new LinkedHashSet<>(tips);
                Newest.of(room, tips).forEach(older::remove);
                if (!older.isEmpty()) {
                    violations.add(
                            "at %s, %s is a forward extremity and comes before another"
                                    .formatted(server, older));
                }
            }
        }
    }
}
