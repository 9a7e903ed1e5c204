package org.stratafed.simulator.store;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.api.spi.store.UserMembership;

/// The rooms of a virtual server as readers see them.
record SimTimelineStore(SimStore store) implements TimelineStore {

    private Disk disk() {
        return store.disk();
    }

    @Override
    public Uni<Long> position() {
        return store.read(() -> disk().position);
    }

    @Override
    public Uni<List<StoredEvent>> stream(long after, long upTo, int max) {
        return store.read(() -> disk().stream(after, upTo, max));
    }

    @Override
    public Uni<List<StoredEvent>> newest(RoomId room, long after, long upTo, int max) {
        return store.read(() -> disk().newest(room, after, upTo, max));
    }

    @Override
    public Uni<List<StoredEvent>> page(RoomId room, long from, boolean backwards, int max) {
        return store.read(
                () ->
                        disk().room(room)
                                .map(table -> table.page(from, backwards, max))
                                .orElse(List.of()));
    }

    @Override
    public Uni<List<StoredEvent>> byTime(RoomId room, TimePoint from, boolean backwards, int max) {
        return store.read(
                () ->
                        disk().room(room)
                                .map(table -> table.byTime(from, backwards, max))
                                .orElse(List.of()));
    }

    @Override
    public Uni<Optional<StatePoint>> currentAt(RoomId room, long position) {
        return store.read(
                () ->
                        disk().room(room)
                                .map(table -> table.currentMoves.floorEntry(position))
                                .map(Map.Entry::getValue));
    }

    @Override
    public Uni<SequencedMap<StatePoint, SequencedMap<StateKeyTuple, Pdu>>> stateEvents(
            RoomId room, SequencedMap<StatePoint, SequencedSet<StateKeyTuple>> wanted) {
        return store.read(() -> disk().room(room).orElseThrow().stateEvents(wanted));
    }

    @Override
    public Uni<SequencedMap<EventId, List<StoredEvent>>> redactions(
            RoomId room, SequencedSet<EventId> targets) {
        return store.read(
                () ->
                        disk().room(room)
                                .map(table -> table.redactions(targets))
                                .orElseGet(LinkedHashMap::new));
    }

    @Override
    public Uni<List<UserMembership>> memberships(UserId user, long upTo) {
        return store.read(() -> disk().memberships.newest(user, upTo, this::event));
    }

    @Override
    public Uni<List<UserMembership>> membershipChanges(UserId user, long after, long upTo) {
        return store.read(() -> disk().memberships.between(user, after, upTo, this::event));
    }

    private Pdu event(RoomId room, EventId event) {
        return disk().room(room).orElseThrow().event(event).orElseThrow().pdu();
    }

    @Override
    public Uni<SequencedMap<RoomId, Long>> joinedMembers(SequencedSet<RoomId> rooms) {
        return store.read(
                () -> {
                    var members = new LinkedHashMap<RoomId, Long>();
                    rooms.forEach(
                            room ->
                                    members.put(
                                            room,
                                            disk().room(room)
                                                    .map(table -> table.members.count())
                                                    .orElse(0L)));
                    return members;
                });
    }

    @Override
    public Uni<SequencedSet<ServerName>> residentServers(RoomId room) {
        return store.read(
                () ->
                        disk().room(room)
                                .map(table -> table.members.residentServers())
                                .orElseGet(LinkedHashSet::new));
    }

    @Override
    public Uni<Boolean> everResident(RoomId room, ServerName server) {
        return store.read(
                () ->
                        disk().room(room)
                                .map(table -> table.members.everResident(server))
                                .orElse(false));
    }

    @Override
    public Uni<List<UserId>> localMembers(RoomId room, ServerName local) {
        return store.read(
                () -> disk().room(room).map(table -> table.members.of(local)).orElse(List.of()));
    }

    @Override
    public Uni<SequencedMap<EventId, ClientTransaction>> clientTransactions(
            SequencedSet<EventId> events) {
        return store.read(
                () -> {
                    var found = new LinkedHashMap<EventId, ClientTransaction>();
                    for (var room : disk().rooms()) {
                        room.clientTransactions.forEach(
                                (transaction, event) -> {
                                    if (events.contains(event)) {
                                        found.put(event, transaction);
                                    }
                                });
                    }
                    return found;
                });
    }

    @Override
    public Uni<List<BackwardExtremity>> backwardExtremities(RoomId room) {
        return store.read(
                () -> disk().room(room).map(RoomTable::backwardExtremities).orElse(List.of()));
    }
}
