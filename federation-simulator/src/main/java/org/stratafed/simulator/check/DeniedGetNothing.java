package org.stratafed.simulator.check;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.stratafed.api.layer.transport.endpoint.PercentCoding;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.network.Exchange;
import org.stratafed.simulator.store.Disk;
import org.stratafed.simulator.store.RoomTable;

/// A server that a room denies, from when its request arrives until it is answered, is answered
/// nothing about the room, and nothing of the room is taken from it.
final class DeniedGetNothing implements Observer {

    private static final String PREFIX = "/_matrix/federation/";

    private static final List<String> PROTECTED =
            List.of(
                    "make_join",
                    "send_join",
                    "make_leave",
                    "send_leave",
                    "make_knock",
                    "send_knock",
                    "invite",
                    "state",
                    "state_ids",
                    "event_auth",
                    "backfill",
                    "get_missing_events");

    private final Simulation simulation;
    private final Map<Place, JsonObject> lists = new LinkedHashMap<>();
    private final Map<Asked, Set<RoomId>> denied = new LinkedHashMap<>();
    private final Set<Pushed> answered = new LinkedHashSet<>();

    /// A room as one server has it.
    private record Place(ServerName server, RoomId room) {}

    /// A question, or a transaction whenever it comes again: it is looked at once.
    private record Asked(ServerName to, ServerName from, String what) {

        static Asked of(Exchange exchange) {
            return new Asked(
                    exchange.to(),
                    exchange.from(),
                    Transactions.isOne(exchange)
                            ? exchange.path()
                            : exchange.path() + " " + exchange.number());
        }
    }

    private record Pushed(ServerName to, ServerName from, TransactionId id) {}

    DeniedGetNothing(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public void onArrived(Exchange exchange) {
        if (isAnswered(exchange)) {
            return;
        }
        var rooms = new LinkedHashSet<RoomId>();
        lists.forEach(
                (place, list) -> {
                    if (place.server().equals(exchange.to()) && Denial.is(list, exchange.from())) {
                        rooms.add(place.room());
                    }
                });
        denied.putIfAbsent(Asked.of(exchange), rooms);
    }

    private boolean isAnswered(Exchange exchange) {
        return Transactions.isOne(exchange)
                && TransactionId.parse(last(exchange.path()))
                        .filter(
                                id ->
                                        answered.contains(
                                                new Pushed(exchange.to(), exchange.from(), id)))
                        .isPresent();
    }

    private static String last(String path) {
        return PercentCoding.decode(path.substring(path.lastIndexOf('/') + 1)).orElse("");
    }

    @Override
    public void onResponse(Disk disk, ServerName origin, TransactionId transaction, boolean again) {
        answered.add(new Pushed(disk.owner(), origin, transaction));
    }

    @Override
    public void onCommit(Disk disk, RoomCommit commit) {
        if (commit.currentChanges().containsKey(Denial.LIST)) {
            look(disk, disk.room(commit.room()).orElseThrow());
        }
    }

    private void look(Disk disk, RoomTable room) {
        var place = new Place(disk.owner(), room.id());
        var list = Denial.list(room);
        list.ifPresentOrElse(it -> lists.put(place, it), () -> lists.remove(place));
        denied.forEach(
                (asked, rooms) -> {
                    if (asked.to().equals(disk.owner())
                            && list.filter(it -> Denial.is(it, asked.from())).isEmpty()) {
                        rooms.remove(room.id());
                    }
                });
    }

    @Override
    public void onCrash(SimServer server) {
        denied.keySet().removeIf(asked -> asked.to().equals(server.name()));
    }

    /// What it has answered before it may know or not.
    @Override
    public void onRestore(SimServer server) {
        lists.keySet().removeIf(place -> place.server().equals(server.name()));
        server.disk().rooms().forEach(room -> look(server.disk(), room));
    }

    @Override
    public void onAnswered(Exchange exchange, int status, byte[] body) {
        var asked = Asked.of(exchange);
        var rooms = denied.getOrDefault(asked, Set.of());
        if (status == 200 && !rooms.isEmpty()) {
            if (Transactions.isOne(exchange)) {
                checkTaken(exchange, rooms, body);
            } else {
                roomAskedFor(exchange).filter(rooms::contains).ifPresent(room -> add(exchange));
            }
        }
        if (!Transactions.isOne(exchange)) {
            denied.remove(asked);
        }
    }

    private void checkTaken(Exchange exchange, Set<RoomId> rooms, byte[] body) {
        var pdus = ((JsonObject) JsonReader.read(body)).object("pdus").orElse(JsonObject.empty());
        var disk = simulation.server(exchange.to()).disk();
        for (var id : pdus.keys()) {
            boolean isRefused = pdus.object(id).filter(it -> it.has("error")).isPresent();
            if (!isRefused && disk.roomOf(new EventId(id)).filter(rooms::contains).isPresent()) {
                add(exchange);
            }
        }
    }

    private static Optional<RoomId> roomAskedFor(Exchange exchange) {
        var parts = List.of(exchange.path().split("/"));
        // The version, the endpoint, the room.
        return exchange.path().startsWith(PREFIX)
                        && parts.size() > 5
                        && PROTECTED.contains(parts.get(4))
                ? PercentCoding.decode(parts.get(5)).flatMap(RoomId::parse)
                : Optional.empty();
    }

    private void add(Exchange exchange) {
        simulation
                .violations()
                .add(
                        "%s denies %s, and answers %s"
                                .formatted(exchange.to(), exchange.from(), exchange));
    }
}
