package org.stratafed.simulator.store;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.CommitResult;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.api.spi.store.StoredEvent;

/// The rooms of a virtual server.
record SimRoomStore(SimStore store) implements RoomStore {

    private Disk disk() {
        return store.disk();
    }

    @Override
    public Uni<Optional<RoomSnapshot>> snapshot(RoomId room) {
        return store.read(() -> disk().held(room).map(RoomTable::snapshot));
    }

    @Override
    public Uni<SequencedMap<EventId, StoredEvent>> events(RoomId room, Collection<EventId> ids) {
        var asked = List.copyOf(ids);
        return store.read(
                () ->
                        disk().room(room)
                                .map(table -> table.events(asked))
                                .orElseGet(LinkedHashMap::new));
    }

    @Override
    public Uni<StateMap> state(RoomId room, StatePoint point) {
        return store.read(() -> disk().room(room).orElseThrow().state(point));
    }

    @Override
    public Uni<SequencedMap<EventId, List<EventId>>> authChains(
            RoomId room, Collection<EventId> ids) {
        var asked = List.copyOf(ids);
        return store.read(
                () ->
                        disk().room(room)
                                .map(table -> table.authChains(asked))
                                .orElseGet(LinkedHashMap::new));
    }

    @Override
    public Uni<SequencedMap<Integer, Integer>> lineHeads(RoomId room, SequencedSet<Integer> lines) {
        return store.read(
                () ->
                        disk().room(room)
                                .map(table -> table.lineHeads(lines))
                                .orElseGet(LinkedHashMap::new));
    }

    @Override
    public Uni<CommitResult> commit(RoomCommit commit) {
        return store.write(
                () -> {
                    var result = RoomChange.apply(disk(), commit);
                    if (result instanceof CommitResult.Committed) {
                        store.listener().onCommit(disk(), commit);
                    }
                    return result;
                });
    }

    @Override
    public Uni<Optional<RoomId>> roomOf(EventId event) {
        return store.read(() -> disk().roomOf(event));
    }

    @Override
    public Uni<Optional<EventId>> eventOf(RoomId room, ClientTransaction transaction) {
        return store.read(
                () -> disk().room(room).map(table -> table.clientTransactions.get(transaction)));
    }

    @Override
    public Uni<List<StagedEvent>> staged(RoomId room) {
        return store.read(
                () ->
                        disk().room(room)
                                .map(table -> List.copyOf(table.staged.values()))
                                .orElse(List.of()));
    }

    @Override
    public Uni<List<RoomId>> roomsWithStaged() {
        return store.read(
                () ->
                        disk().rooms().stream()
                                .filter(table -> !table.staged.isEmpty())
                                .map(RoomTable::id)
                                .toList());
    }
}
