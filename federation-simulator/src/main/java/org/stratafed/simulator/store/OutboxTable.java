package org.stratafed.simulator.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.SealedBatch;

/// The log of events to be sent, how far each destination is in it, and what is on its way.
final class OutboxTable {

    private final List<Row> log = new ArrayList<>();
    private final TreeMap<ServerName, Destination> destinations = new TreeMap<>();

    record Row(long position, RoomId room, EventId event, SequencedSet<ServerName> audience) {}

    private static final class Destination {
        private final List<Row> rows = new ArrayList<>();
        private long acknowledged;
        private Optional<SealedBatch> onItsWay = Optional.empty();

        private boolean hasPending() {
            return !rows.isEmpty() && rows.getLast().position() > acknowledged;
        }
    }

    void addAll(OutboxTable other) {
        log.addAll(other.log);
        other.destinations.forEach(
                (server, its) -> {
                    var copy = destination(server);
                    copy.rows.addAll(its.rows);
                    copy.acknowledged = its.acknowledged;
                    copy.onItsWay = its.onItsWay;
                });
    }

    void add(RoomId room, EventId event, SequencedSet<ServerName> audience) {
        if (audience.isEmpty()) {
            return;
        }
        var row = new Row(log.size() + 1L, room, event, new LinkedHashSet<>(audience));
        log.add(row);
        row.audience().forEach(server -> destination(server).rows.add(row));
    }

    private Destination destination(ServerName server) {
        return destinations.computeIfAbsent(server, _ -> new Destination());
    }

    List<ServerName> pendingDestinations() {
        return destinations.entrySet().stream()
                .filter(it -> it.getValue().hasPending() || it.getValue().onItsWay.isPresent())
                .map(it -> it.getKey())
                .toList();
    }

    Optional<SealedBatch> sealed(ServerName destination) {
        return destination(destination).onItsWay;
    }

    List<Row> pending(ServerName destination, int max) {
        var it = destination(destination);
        return rowsAfter(it, it.acknowledged).limit(max).toList();
    }

    List<Row> contents(ServerName destination, SealedBatch batch) {
        return rowsAfter(destination(destination), batch.after())
                .takeWhile(row -> row.position() <= batch.end())
                .toList();
    }

    /// A binary search: logs get long.
    private static Stream<Row> rowsAfter(Destination destination, long after) {
        var rows = destination.rows;
        int low = 0;
        int high = rows.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.get(middle).position() > after) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return rows.subList(low, rows.size()).stream();
    }

    void seal(ServerName destination, SealedBatch batch) {
        var it = destination(destination);
        if (it.onItsWay.isPresent()) {
            throw new IllegalStateException(
                    destination + " has a sealed batch already: " + it.onItsWay.get().id());
        }
        it.onItsWay = Optional.of(batch);
    }

    void acknowledge(ServerName destination, SealedBatch batch, Optional<SealedBatch> next) {
        var it = destination(destination);
        if (it.onItsWay.filter(batchSent -> batchSent.id().equals(batch.id())).isEmpty()) {
            throw new IllegalStateException(destination + " was not sent " + batch.id());
        }
        it.acknowledged = Math.max(it.acknowledged, batch.end());
        it.onItsWay = next;
    }
}
