package org.stratafed.simulator.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.MalformedJsonException;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.host.Violations;
import org.stratafed.simulator.network.Exchange;
import org.stratafed.simulator.network.Link;

/// A server has one transaction in flight to a destination at any time, sends it with the same
/// content again if it has to send it again, and keeps to the sizes. This is about servers: whoever
/// else takes transactions somewhere may do so as he likes.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#transactions">Transactions</a>
final class TransactionDiscipline implements Observer {

    static final int PDUS_MAX = 50;
    static final int EDUS_MAX = 100;

    private final Simulation simulation;
    private final Violations violations;
    private final Map<Link, Exchange> inFlight = new LinkedHashMap<>();
    private final Map<Sent, Digest> contents = new LinkedHashMap<>();

    private record Sent(Link link, String path) {}

    TransactionDiscipline(Simulation simulation) {
        this.simulation = simulation;
        this.violations = simulation.violations();
    }

    @Override
    public void onSent(Exchange exchange) {
        if (!Transactions.isOne(exchange) || simulation.find(exchange.from()).isEmpty()) {
            return;
        }
        var before = inFlight.put(exchange.link(), exchange);
        if (before != null) {
            violations.add("two transactions in flight: " + before + " and " + exchange);
        }
        checkContent(exchange);
    }

    private void checkContent(Exchange exchange) {
        var body = exchange.request().body();
        var digest = Digest.of(body);
        var before = contents.putIfAbsent(new Sent(exchange.link(), exchange.path()), digest);
        if (before == null) {
            checkSize(exchange, body);
        } else if (!before.equals(digest)) {
            violations.add("the same transaction with another content: " + exchange);
        }
    }

    private void checkSize(Exchange exchange, byte[] body) {
        try {
            var json = JsonReader.readObject(body);
            var events = json.array("pdus").orElse(JsonArray.empty());
            int pdus = events.items().size();
            int edus = json.array("edus").orElse(JsonArray.empty()).items().size();
            if (pdus > PDUS_MAX || edus > EDUS_MAX || pdus + edus == 0) {
                violations.add(exchange + " has " + pdus + " PDUs and " + edus + " EDUs");
            }
            checkOrder(exchange, events.objects());
        } catch (MalformedJsonException malformed) {
            violations.add(exchange + " isn't JSON", malformed);
        }
    }

    /// A server's own events come after each other in a room, so each is deeper than the last. One
    /// that another server signed as well, an invite say, was away for that meanwhile.
    private void checkOrder(Exchange exchange, List<JsonObject> events) {
        var depths = new LinkedHashMap<String, Long>();
        for (var event : events) {
            var room = event.string("room_id").orElse("");
            long depth = event.integer("depth").orElse(0);
            boolean isOwn = sender(event).equals(Optional.of(exchange.from()));
            if (isOwn && !isSignedByTwo(event) && depths.merge(room, depth, Math::max) > depth) {
                violations.add(exchange + " has an event before one that it comes after: " + event);
            }
        }
    }

    private static boolean isSignedByTwo(JsonObject event) {
        return event.object("signatures").filter(all -> all.keys().size() > 1).isPresent();
    }

    private static Optional<ServerName> sender(JsonObject event) {
        return event.string("sender").flatMap(UserId::parse).map(UserId::server);
    }

    @Override
    public void onEnded(Exchange exchange, int status) {
        inFlight.remove(exchange.link(), exchange);
    }

    @Override
    public void onCrash(SimServer server) {
        inFlight.keySet().removeIf(link -> link.from().equals(server.name()));
    }
}
