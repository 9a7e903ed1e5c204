package org.stratafed.simulator.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.DroppedPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.VerdictStore;

/// What became of events at a virtual server.
record SimVerdictStore(SimStore store) implements VerdictStore {

    private DroppedTable table() {
        return store.disk().dropped;
    }

    @Override
    public Uni<Void> drop(List<DroppedPdu> dropped) {
        var all = List.copyOf(dropped);
        return store.write("dropped events", () -> all.forEach(table()::add));
    }

    @Override
    public Uni<List<DroppedPdu>> dropped(EventId event) {
        return store.read(() -> table().those(pdu -> pdu.event().equals(Optional.of(event))));
    }

    @Override
    public Uni<List<DroppedPdu>> dropped(RoomId room, int max) {
        return store.read(
                () ->
                        table().those(pdu -> pdu.room().equals(Optional.of(room))).stream()
                                .limit(max)
                                .toList());
    }

    @Override
    public Uni<List<DroppedPdu>> dropped(ServerName origin) {
        return store.read(() -> table().those(pdu -> pdu.arrival().peer().equals(origin)));
    }

    @Override
    public Uni<Optional<RoomId>> roomOf(EventId event) {
        return store.read(
                () ->
                        store.disk()
                                .roomOf(event)
                                .or(
                                        () ->
                                                store.disk().rooms().stream()
                                                        .filter(it -> it.staged.containsKey(event))
                                                        .map(RoomTable::id)
                                                        .findFirst()));
    }

    @Override
    public Uni<Optional<Arrival>> arrival(RoomId room, EventId event) {
        return store.read(() -> store.disk().room(room).flatMap(table -> table.arrival(event)));
    }

    @Override
    public Uni<List<StoredEvent>> refused(RoomId room, int max) {
        return store.read(
                () -> store.disk().room(room).map(table -> table.refused(max)).orElse(List.of()));
    }
}
