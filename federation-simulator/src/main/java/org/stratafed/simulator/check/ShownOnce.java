package org.stratafed.simulator.check;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.host.Violations;

/// What the application above a server is shown comes once, in the stream's order, and only when it
/// is on the disk as accepted; and when nothing is under way, all of it has come.
final class ShownOnce implements Observer {

    private final Violations violations;
    private final Map<ServerName, Set<EventId>> shown = new LinkedHashMap<>();

    ShownOnce(Violations violations) {
        this.violations = violations;
    }

    @Override
    public void onShown(SimServer server, TimelineEvent event) {
        var id = event.pdu().id();
        if (!shown.computeIfAbsent(server.name(), _ -> new LinkedHashSet<>()).add(id)) {
            violations.add(server + " shows " + event.pdu() + " twice");
        }
        if (event.position().orElse(0) <= server.shownUpTo()) {
            violations.add(server + " shows " + event.pdu() + " out of order");
        }
        if (!isDurable(server, event)) {
            violations.add(server + " shows " + event.pdu() + " before it is durable");
        }
    }

    /// It waits to be told that there is more.
    @Override
    public void onQuiet(Simulation simulation) {
        simulation.servers().stream().filter(SimServer::isUp).forEach(this::checkUpToDate);
    }

    private void checkUpToDate(SimServer server) {
        for (var room : server.disk().rooms()) {
            for (var event : room.events()) {
                if (event.position().orElse(0) > server.shownUpTo()) {
                    violations.add(server + " has not shown " + event.pdu());
                }
            }
        }
    }

    /// The application was put back as well.
    @Override
    public void onRestore(SimServer server) {
        shown.remove(server.name());
    }

    private static boolean isDurable(SimServer server, TimelineEvent event) {
        return server.disk()
                .event(event.pdu().id())
                .filter(stored -> stored.status() == EventStatus.ACCEPTED)
                .filter(stored -> stored.kind() == EventKind.LIVE)
                .filter(stored -> stored.position().equals(event.position()))
                .isPresent();
    }
}
