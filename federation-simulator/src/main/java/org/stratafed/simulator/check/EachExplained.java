package org.stratafed.simulator.check;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.DroppedPdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.MalformedJsonException;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.network.Exchange;
import org.stratafed.simulator.store.Disk;

/// Of every event that a server was sent it can be said why it is what it is: what the sender was
/// answered is what is written down, be the event kept or not, and so is how it came.
final class EachExplained implements Observer {

    private final Simulation simulation;
    private final Set<String> answered = new LinkedHashSet<>();

    EachExplained(Simulation simulation) {
        this.simulation = simulation;
    }

    /// What counts is the first answer: when it is given once more, what was dropped may be
    /// forgotten.
    @Override
    public void onAnswered(Exchange exchange, int status, byte[] body) {
        if (status == 200
                && Transactions.isOne(exchange)
                && answered.add(exchange.to() + " " + exchange.from() + " " + exchange.path())) {
            simulation.find(exchange.to()).ifPresent(it -> check(it.disk(), exchange, body));
        }
    }

    private void check(Disk disk, Exchange exchange, byte[] body) {
        JsonObject pdus;
        try {
            pdus = JsonReader.readObject(body).object("pdus").orElse(JsonObject.empty());
        } catch (MalformedJsonException malformed) {
            simulation.violations().add("the answer to " + exchange + " isn't JSON", malformed);
            return;
        }
        for (var id : pdus.keys()) {
            var event = new EventId(id);
            var error = pdus.object(id).flatMap(it -> it.string("error"));
            if (error.isPresent() && !isWrittenDown(disk, event, error.get())) {
                violation(disk, event, "can't say why it answered: " + error.get());
            }
            if (error.isEmpty() && isUnheardOf(disk, event)) {
                violation(disk, event, "took it and knows nothing of it");
            }
        }
    }

    private static boolean isUnheardOf(Disk disk, EventId event) {
        return disk.event(event).isEmpty() && !disk.isStaged(event);
    }

    /// Of what is stored, that is the reason it was refused for; of what is not, that of a copy.
    private static boolean isWrittenDown(Disk disk, EventId event, String error) {
        var kept = disk.event(event).flatMap(it -> it.refusal()).map(Refusal::text);
        return kept.equals(Optional.of(error))
                || disk.dropped(event).stream()
                        .filter(it -> it.arrival().way() == Arrival.Way.PUSHED)
                        .map(DroppedPdu::refusal)
                        .anyMatch(it -> it.text().equals(error));
    }

    private void violation(Disk disk, EventId event, String what) {
        simulation.violations().add("%s, of %s: %s".formatted(disk.owner(), event, what));
    }
}
