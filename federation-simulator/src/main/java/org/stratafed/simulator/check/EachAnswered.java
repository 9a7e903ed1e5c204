package org.stratafed.simulator.check;

import java.util.LinkedHashMap;
import java.util.Map;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.MalformedJsonException;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.network.Exchange;
import org.stratafed.simulator.store.RoomTable;

/// The answer to a server's transaction says of each of its events what became of it. Of events in
/// a room that the other server doesn't have, it knows not even the IDs.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#transactions">Transactions</a>
final class EachAnswered implements Observer {

    private final Simulation simulation;
    private final Map<Question, Long> expected = new LinkedHashMap<>();

    private record Question(ServerName to, String path) {}

    EachAnswered(Simulation simulation) {
        this.simulation = simulation;
    }

    /// What counts is what the other one has when it comes for the first time.
    @Override
    public void onArrived(Exchange exchange) {
        var receiver = simulation.find(exchange.to());
        if (Transactions.isOne(exchange)
                && receiver.isPresent()
                && simulation.find(exchange.from()).isPresent()) {
            expected.computeIfAbsent(
                    new Question(exchange.to(), exchange.path()),
                    _ -> known(exchange, receiver.get()));
        }
    }

    private long known(Exchange exchange, SimServer receiver) {
        return read(exchange, exchange.request().body())
                .array("pdus")
                .orElse(JsonArray.empty())
                .objects()
                .stream()
                .filter(event -> isKnown(event, receiver))
                .count();
    }

    private static boolean isKnown(JsonObject event, SimServer receiver) {
        return event.string("room_id")
                .flatMap(RoomId::parse)
                .flatMap(receiver.disk()::room)
                .filter(RoomTable::isHeld)
                .isPresent();
    }

    @Override
    public void onAnswered(Exchange exchange, int status, byte[] body) {
        var question = new Question(exchange.to(), exchange.path());
        if (status != 200 || !expected.containsKey(question)) {
            return;
        }
        int answered = read(exchange, body).object("pdus").orElse(JsonObject.empty()).keys().size();
        if (answered < expected.get(question)) {
            simulation
                    .violations()
                    .add(
                            "%s has %d PDUs, of which %d are answered"
                                    .formatted(exchange, expected.get(question), answered));
        }
    }

    private JsonObject read(Exchange exchange, byte[] body) {
        try {
            return JsonReader.readObject(body);
        } catch (MalformedJsonException malformed) {
            simulation.violations().add(exchange + " isn't JSON", malformed);
            return JsonObject.empty();
        }
    }
}
