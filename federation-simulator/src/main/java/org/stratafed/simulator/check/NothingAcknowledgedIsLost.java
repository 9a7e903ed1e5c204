package org.stratafed.simulator.check;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.MalformedJsonException;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.network.Exchange;
import org.stratafed.simulator.store.Disk;

/// What a server told its user is sent stays accepted, and what it told another server it took
/// stays decided or staged: from that moment on, and over every crash.
final class NothingAcknowledgedIsLost implements Observer {

    private final Simulation simulation;
    private final Map<ServerName, Set<EventId>> toUsers = new LinkedHashMap<>();
    private final Map<ServerName, Set<EventId>> toServers = new LinkedHashMap<>();

    NothingAcknowledgedIsLost(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public void onAcknowledged(SimServer server, EventId event) {
        of(toUsers, server.name()).add(event);
        checkAccepted(server.disk(), event);
    }

    @Override
    public void onAnswered(Exchange exchange, int status, byte[] body) {
        if (status == 200 && Transactions.isOne(exchange)) {
            simulation.find(exchange.to()).ifPresent(it -> take(it.disk(), exchange, body));
        }
    }

    private void take(Disk disk, Exchange exchange, byte[] body) {
        for (var event : taken(exchange, body)) {
            // The disk's own name of it, where it has one: there are a million in a crowd.
            var stored = disk.event(event).map(it -> it.pdu().id());
            of(toServers, exchange.to()).add(stored.orElse(event));
            checkTaken(disk, event);
        }
    }

    /// The events that the answer has no error for.
    private Set<EventId> taken(Exchange exchange, byte[] body) {
        var events = new TreeSet<EventId>();
        try {
            var pdus = JsonReader.readObject(body).object("pdus").orElse(JsonObject.empty());
            for (var id : pdus.keys()) {
                if (pdus.object(id).filter(it -> it.has("error")).isEmpty()) {
                    events.add(new EventId(id));
                }
            }
        } catch (MalformedJsonException malformed) {
            simulation.violations().add("the answer to " + exchange + " isn't JSON", malformed);
        }
        return events;
    }

    @Override
    public void onCrash(SimServer server) {
        checkAll(server);
    }

    /// What is not in the backup may be lost.
    @Override
    public void onRestore(SimServer server) {
        toUsers.remove(server.name());
        toServers.remove(server.name());
    }

    @Override
    public void onEnd(Simulation simulation) {
        simulation.servers().forEach(this::checkAll);
    }

    private void checkAll(SimServer server) {
        of(toUsers, server.name()).forEach(event -> checkAccepted(server.disk(), event));
        of(toServers, server.name()).forEach(event -> checkTaken(server.disk(), event));
    }

    private void checkAccepted(Disk disk, EventId event) {
        var stored = disk.event(event);
        if (stored.isEmpty() || stored.get().status() != EventStatus.ACCEPTED) {
            simulation
                    .violations()
                    .add(
                            "%s told its user that %s is sent, which is %s"
                                    .formatted(
                                            disk.owner(),
                                            event,
                                            stored.map(it -> it.status().name())
                                                    .orElse("not there")));
        }
    }

    /// One that waited may have become a mere outlier: if the server left and joined again, it is
    /// from before that. Who was there all the time has it in its place, which is checked
    /// elsewhere.
    private void checkTaken(Disk disk, EventId event) {
        if (disk.event(event).isEmpty() && !disk.isStaged(event)) {
            simulation
                    .violations()
                    .add(
                            "%s took %s from another server and has lost it"
                                    .formatted(disk.owner(), event));
        }
    }

    private static Set<EventId> of(Map<ServerName, Set<EventId>> events, ServerName server) {
        return events.computeIfAbsent(server, _ -> new LinkedHashSet<>());
    }
}
