package org.stratafed.server.engine.pdu.room;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.TimelineStore;

/// What a lane remembers of its room, so that a warm room is decided without reading the store.
///
/// Owned by one lane and used by one turn at a time. All of it can be dropped at any moment: it is
/// a cache of the store, and only the room's own commits change what the store says.
final class RoomMemory {

    static final int EVENTS_MAX = 4_000;
    static final int STATES_MAX = 16;
    static final int HEADS_MAX = 4_000;
    static final int CLIENT_TRANSACTIONS_MAX = 1_000;
    static final int EDGES_MAX = 400_000;

    private final RoomId room;
    private final RoomStore rooms;
    private final TimelineStore timeline;

    private Optional<RoomSnapshot> snapshot = Optional.empty();
    private final Map<EventId, Optional<StoredEvent>> events = accessOrdered();
    private final Map<StatePoint, StateMap> states = accessOrdered();
    private final Map<Integer, Integer> heads = accessOrdered();
    private final Map<EventId, List<EventId>> edges = new LinkedHashMap<>();
    private final Map<ClientTransaction, EventId> madeBy = new LinkedHashMap<>();
    private final WaitingEvents waiting = new WaitingEvents();
    private final SequencedSet<EventId> lacking = new LinkedHashSet<>();
    private Optional<SequencedSet<ServerName>> residents = Optional.empty();

    RoomMemory(RoomId room, RoomStore rooms, TimelineStore timeline) {
        this.room = room;
        this.rooms = rooms;
        this.timeline = timeline;
    }

    /// The room's tip as of the last load or commit; empty for a room that is not held here.
    Optional<RoomSnapshot> snapshot() {
        return snapshot;
    }

    /// What is stored of an event. Empty: it is certain that nothing is.
    Optional<StoredEvent> event(EventId id) {
        var known = events.get(id);
        if (known == null) {
            throw NotInMemory.event(id);
        }
        return known;
    }

    /// Makes sure that all of these can be looked up, with one read for what can't.
    void require(Collection<EventId> ids) {
        var missing = new LinkedHashSet<EventId>();
        ids.stream().filter(id -> !events.containsKey(id)).forEach(missing::add);
        if (!missing.isEmpty()) {
            throw NotInMemory.events(missing);
        }
    }

    StateMap state(StatePoint point) {
        var state = states.get(point);
        if (state == null) {
            throw NotInMemory.state(point);
        }
        return state;
    }

    int lineHead(int line) {
        var head = heads.get(line);
        if (head == null) {
            throw NotInMemory.lineHead(line);
        }
        return head;
    }

    /// The auth events of a stored event, whose whole auth chain can be asked for after that.
    List<EventId> authEvents(EventId id) {
        var known = edges.get(id);
        if (known == null) {
            throw NotInMemory.authChains(List.of(id));
        }
        return known;
    }

    /// Makes sure that the auth chains of all of these are there, with one read for what isn't.
    void requireAuthChains(Collection<EventId> ids) {
        var missing = new LinkedHashSet<EventId>();
        ids.stream().filter(id -> !edges.containsKey(id)).forEach(missing::add);
        if (!missing.isEmpty()) {
            throw NotInMemory.authChains(missing);
        }
    }

    /// Servers with joined members now.
    SequencedSet<ServerName> residents() {
        return residents.orElseThrow(NotInMemory::residents);
    }

    /// The event that a client's request made, if it did so lately; for older ones the store is
    /// asked before the lane.
    Optional<EventId> madeBy(ClientTransaction transaction) {
        return Optional.ofNullable(madeBy.get(transaction));
    }

    /// What waits in the room.
    WaitingEvents waiting() {
        return waiting;
    }

    /// Whether the event has no place while one that cites it has.
    boolean isLacking(EventId id) {
        return lacking.contains(id);
    }

    /// Events without a place that one which is placed cites.
    SequencedSet<EventId> lacking() {
        return Collections.unmodifiableSequencedSet(lacking);
    }

    /// Reads what a decision lacked.
    Uni<Void> load(NotInMemory.Need need) {
        return switch (need) {
            case NotInMemory.Need.Events(var ids) ->
                    rooms.events(room, ids)
                            .invoke(
                                    found ->
                                            ids.forEach(
                                                    id ->
                                                            events.put(
                                                                    id,
                                                                    Optional.ofNullable(
                                                                            found.get(id)))))
                            .replaceWithVoid();
            case NotInMemory.Need.State(var point) ->
                    rooms.state(room, point)
                            .invoke(state -> states.put(point, state))
                            .replaceWithVoid();
            case NotInMemory.Need.LineHead(var line) ->
                    rooms.lineHeads(room, new LinkedHashSet<>(List.of(line)))
                            .invoke(heads::putAll)
                            .replaceWithVoid();
            case NotInMemory.Need.AuthChains(var ids) ->
                    rooms.authChains(room, ids)
                            .invoke(found -> rememberEdges(ids, found))
                            .replaceWithVoid();
            case NotInMemory.Need.Residents() ->
                    timeline.residentServers(room)
                            .invoke(servers -> residents = Optional.of(servers))
                            .replaceWithVoid();
        };
    }

    private void rememberEdges(
            SequencedSet<EventId> asked, Map<EventId, ? extends List<EventId>> found) {
        if (edges.size() + found.size() > EDGES_MAX) {
            edges.clear();
        }
        edges.putAll(found);
        asked.forEach(id -> edges.putIfAbsent(id, List.of()));
    }

    /// Reads the room's tip again and forgets all the rest.
    Uni<Void> reload() {
        forget();
        return rooms.snapshot(room)
                .invoke(found -> snapshot = found)
                .chain(found -> found.isEmpty() ? Uni.createFrom().voidItem() : reloadUnfinished());
    }

    /// What waits for other events, and what other events lack.
    private Uni<Void> reloadUnfinished() {
        return rooms.staged(room)
                .invoke(events -> events.forEach(this::remember))
                .chain(() -> timeline.backwardExtremities(room))
                .invoke(gaps -> gaps.forEach(gap -> lacking.addAll(gap.missing())))
                .replaceWithVoid();
    }

    private void remember(StagedEvent event) {
        snapshot.map(RoomSnapshot::version)
                .flatMap(RoomVersionRules::of)
                .ifPresent(rules -> waiting.add(rules, event));
    }

    private void forget() {
        snapshot = Optional.empty();
        events.clear();
        states.clear();
        heads.clear();
        edges.clear();
        waiting.clear();
        lacking.clear();
        residents = Optional.empty();
    }

    /// Takes over what a transition changed, after its commit.
    ///
    /// @param stored its events as the store has them
    void accept(Optional<RoomSnapshot> tip, RoomTransition transition, List<StoredEvent> stored) {
        snapshot = tip;
        stored.forEach(
                event -> {
                    events.put(event.pdu().id(), Optional.of(event));
                    edges.put(event.pdu().id(), event.pdu().authEvents());
                });
        transition.staging().ended().forEach(waiting::remove);
        transition.staging().staged().forEach(this::remember);
        lacking.addAll(transition.extremities().leftOut());
        transition.written().stream()
                .filter(event -> event.kind() != EventKind.OUTLIER)
                .forEach(event -> lacking.remove(event.pdu().id()));
        states.putAll(transition.lines().newStates());
        heads.putAll(transition.lines().newHeads());
        transition
                .client()
                .ifPresent(made -> madeBy.put(made, transition.written().getLast().pdu().id()));
        if (transition.changesState()) {
            residents = Optional.empty();
        }
    }

    /// Forgets what was not used for longest, beyond the bounds. Between turns only: within one, a
    /// decision must find what it had read.
    void trim() {
        trim(events, EVENTS_MAX);
        trim(states, STATES_MAX);
        trim(heads, HEADS_MAX);
        trim(madeBy, CLIENT_TRANSACTIONS_MAX);
    }

    private static <K, V> void trim(Map<K, V> map, int max) {
        var eldest = map.entrySet().iterator();
        for (int excess = map.size() - max; excess > 0; excess--) {
            eldest.next();
            eldest.remove();
        }
    }

    private static <K, V> Map<K, V> accessOrdered() {
        return new LinkedHashMap<>(16, 0.75f, true);
    }
}
