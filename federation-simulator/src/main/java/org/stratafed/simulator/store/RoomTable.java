package org.stratafed.simulator.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.StateCompleteness;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.TimelineStore.BackwardExtremity;
import org.stratafed.api.spi.store.TimelineStore.TimePoint;

/// One room as it is on a virtual server's disk. With revision 0 it is only named by something (an
/// invite, a staged event), and not held.
public final class RoomTable {

    final RoomId id;
    RoomVersion version;
    long revision;
    StatePoint current = new StatePoint(0, 0);
    int nextLine;
    StateCompleteness completeness = StateCompleteness.COMPLETE;
    final Map<EventId, StoredEvent> events = new LinkedHashMap<>();
    final Map<Integer, StateLine> lines = new LinkedHashMap<>();
    final List<EventId> extremities = new ArrayList<>();
    final NavigableMap<Long, StatePoint> currentMoves = new TreeMap<>();
    final NavigableMap<Long, EventId> byPosition = new TreeMap<>();
    final NavigableMap<Long, EventId> byOrder = new TreeMap<>();
    final Map<EventId, StagedEvent> staged = new LinkedHashMap<>();
    final Map<EventId, Arrival> arrivals = new LinkedHashMap<>();
    final Map<ClientTransaction, EventId> clientTransactions = new LinkedHashMap<>();
    final Members members;

    RoomTable(RoomId id, RoomVersion version, Members members) {
        this.id = id;
        this.version = version;
        this.members = members;
    }

    RoomTable copy() {
        var copy = new RoomTable(id, version, members.copy());
        copy.revision = revision;
        copy.current = current;
        copy.nextLine = nextLine;
        copy.completeness = completeness;
        copy.events.putAll(events);
        lines.forEach((number, line) -> copy.lines.put(number, line.copy()));
        copy.extremities.addAll(extremities);
        copy.currentMoves.putAll(currentMoves);
        copy.byPosition.putAll(byPosition);
        copy.byOrder.putAll(byOrder);
        copy.staged.putAll(staged);
        copy.arrivals.putAll(arrivals);
        copy.clientTransactions.putAll(clientTransactions);
        return copy;
    }

    public RoomId id() {
        return id;
    }

    public RoomVersion version() {
        return version;
    }

    /// How many changes it has seen.
    public long revision() {
        return revision;
    }

    public boolean isHeld() {
        return revision > 0;
    }

    /// All events here, outliers and rejected ones too, in the order they came.
    public Collection<StoredEvent> events() {
        return events.values();
    }

    public Optional<StoredEvent> event(EventId event) {
        return Optional.ofNullable(events.get(event));
    }

    /// Who is joined, of this server.
    public List<UserId> members(ServerName server) {
        return members.of(server);
    }

    public List<EventId> extremities() {
        return List.copyOf(extremities);
    }

    /// The state that the room has now.
    public StateMap currentState() {
        return state(current);
    }

    public StateMap state(StatePoint point) {
        var line = lines.get(point.line());
        if (line == null) {
            throw new IllegalArgumentException("no such line of state: " + point);
        }
        return line.at(point.version(), line.parent().map(this::state).orElse(StateMap.empty()));
    }

    /// How an event came here; empty for one of the server's own.
    public Optional<Arrival> arrival(EventId event) {
        return Optional.ofNullable(arrivals.get(event));
    }

    /// The events that were rejected or soft-failed, newest first.
    List<StoredEvent> refused(int max) {
        return events.values().stream()
                .filter(event -> event.refusal().isPresent())
                .toList()
                .reversed()
                .stream()
                .limit(max)
                .toList();
    }

    /// The events that wait here for something that they lack.
    public List<StagedEvent> staged() {
        return List.copyOf(staged.values());
    }

    /// How many events wait here for something that they lack.
    public int stagedCount() {
        return staged.size();
    }

    public boolean isPlaced(EventId event) {
        var stored = events.get(event);
        return stored != null && stored.kind() != EventKind.OUTLIER;
    }

    RoomSnapshot snapshot() {
        var tips = new LinkedHashMap<EventId, RoomSnapshot.Extremity>();
        for (var id : extremities) {
            var event = events.get(id);
            tips.put(
                    id,
                    new RoomSnapshot.Extremity(event.pdu().depth(), event.after().orElseThrow()));
        }
        return new RoomSnapshot(id, version, revision, tips, current, nextLine, completeness);
    }

    SequencedMap<EventId, StoredEvent> events(Collection<EventId> ids) {
        var found = new LinkedHashMap<EventId, StoredEvent>();
        for (var id : ids) {
            event(id).ifPresent(event -> found.put(id, event));
        }
        return found;
    }

    SequencedMap<EventId, List<EventId>> authChains(Collection<EventId> ids) {
        var chains = new LinkedHashMap<EventId, List<EventId>>();
        var next = new ArrayDeque<>(ids);
        while (!next.isEmpty()) {
            var event = events.get(next.remove());
            if (event != null && !chains.containsKey(event.pdu().id())) {
                var cited = event.pdu().authEvents().stream().filter(events::containsKey).toList();
                chains.put(event.pdu().id(), cited);
                next.addAll(cited);
            }
        }
        return chains;
    }

    SequencedMap<Integer, Integer> lineHeads(SequencedSet<Integer> asked) {
        var heads = new LinkedHashMap<Integer, Integer>();
        for (var number : asked) {
            var line = lines.get(number);
            if (line != null) {
                heads.put(number, line.head());
            }
        }
        return heads;
    }

    SequencedMap<StatePoint, SequencedMap<StateKeyTuple, Pdu>> stateEvents(
            SequencedMap<StatePoint, SequencedSet<StateKeyTuple>> wanted) {
        var found = new LinkedHashMap<StatePoint, SequencedMap<StateKeyTuple, Pdu>>();
        wanted.forEach(
                (point, keys) -> {
                    var state = state(point);
                    var set = new LinkedHashMap<StateKeyTuple, Pdu>();
                    keys.forEach(
                            key ->
                                    state.get(key)
                                            .ifPresent(id -> set.put(key, events.get(id).pdu())));
                    found.put(point, set);
                });
        return found;
    }

    SequencedMap<EventId, List<StoredEvent>> redactions(SequencedSet<EventId> targets) {
        var found = new LinkedHashMap<EventId, List<StoredEvent>>();
        for (var id : byOrder.values()) {
            var event = events.get(id);
            event.pdu()
                    .redacts()
                    .filter(targets::contains)
                    .ifPresent(
                            target ->
                                    found.computeIfAbsent(target, _ -> new ArrayList<>())
                                            .add(event));
        }
        return found;
    }

    List<StoredEvent> page(long from, boolean backwards, int max) {
        var orders =
                backwards
                        ? byOrder.headMap(from, false).descendingMap()
                        : byOrder.tailMap(from, false);
        return orders.values().stream().limit(max).map(events::get).toList();
    }

    /// Sorted anew each time, since nobody asks often.
    List<StoredEvent> byTime(TimePoint from, boolean backwards, int max) {
        var ordered =
                Comparator.comparingLong(TimePoint::originServerTs)
                        .thenComparingLong(TimePoint::order);
        var times = new TreeMap<TimePoint, StoredEvent>(ordered);
        byOrder.forEach(
                (order, id) -> {
                    var event = events.get(id);
                    times.put(new TimePoint(event.pdu().originServerTs(), order), event);
                });
        var rest =
                backwards ? times.headMap(from, false).descendingMap() : times.tailMap(from, false);
        return rest.values().stream().limit(max).toList();
    }

    List<BackwardExtremity> backwardExtremities() {
        var found = new ArrayList<BackwardExtremity>();
        for (var entry : byOrder.descendingMap().entrySet()) {
            var missing = new LinkedHashSet<>(events.get(entry.getValue()).pdu().prevEvents());
            missing.removeIf(this::isPlaced);
            if (!missing.isEmpty()) {
                found.add(new BackwardExtremity(entry.getValue(), entry.getKey(), missing));
            }
        }
        return found;
    }
}
