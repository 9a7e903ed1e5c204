package org.stratafed.server.engine.pdu.room;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StateCompleteness;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.RoomSnapshot.Extremity;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.api.spi.store.StoredEvent;

/// A room as it will be: the memory of what it is, with the decisions of one turn laid over it.
/// Ends in one [RoomCommit], or is thrown away.
final class RoomTransition {

    private final RoomId room;
    private final RoomVersionRules rules;
    private final RoomMemory memory;
    private final Optional<RoomSnapshot> base;

    private final SequencedMap<EventId, StoredEvent> written = new LinkedHashMap<>();
    private final List<RoomCommit.EventWrite> writes = new ArrayList<>();
    private final List<RoomCommit.OutboxEntry> outbox = new ArrayList<>();
    private final List<StagedEvent> staged = new ArrayList<>();
    private final SequencedSet<EventId> unstaged = new LinkedHashSet<>();
    private final SequencedMap<EventId, Extremity> extremities = new LinkedHashMap<>();
    private final StateLines lines;
    private Optional<StatePoint> current;
    private Optional<ClientTransaction> client = Optional.empty();

    RoomTransition(RoomId room, RoomVersionRules rules, RoomMemory memory) {
        this.room = room;
        this.rules = rules;
        this.memory = memory;
        this.base = memory.snapshot();
        this.current = base.map(RoomSnapshot::current);
        this.lines = new StateLines(memory, base.map(RoomSnapshot::nextLine).orElse(0));
        base.ifPresent(tip -> extremities.putAll(tip.extremities()));
    }

    RoomId room() {
        return room;
    }

    RoomVersionRules rules() {
        return rules;
    }

    StateLines lines() {
        return lines;
    }

    boolean isNewRoom() {
        return base.isEmpty();
    }

    /// What is known of an event, this turn's decisions included.
    Optional<StoredEvent> event(EventId id) {
        var decided = written.get(id);
        return decided != null ? Optional.of(decided) : memory.event(id);
    }

    /// Makes sure that all of these can be looked up.
    void require(Collection<EventId> ids) {
        memory.require(ids.stream().filter(id -> !written.containsKey(id)).toList());
    }

    List<EventId> authEvents(EventId id) {
        var decided = written.get(id);
        return decided != null ? decided.pdu().authEvents() : memory.authEvents(id);
    }

    void requireAuthChains(Collection<EventId> ids) {
        var stored = new LinkedHashSet<EventId>();
        ids.forEach(id -> addStoredRoots(id, stored));
        memory.requireAuthChains(stored);
    }

    private void addStoredRoots(EventId id, SequencedSet<EventId> roots) {
        var decided = written.get(id);
        if (decided == null) {
            roots.add(id);
        } else {
            decided.pdu().authEvents().forEach(cited -> addStoredRoots(cited, roots));
        }
    }

    SequencedMap<EventId, Extremity> extremities() {
        return extremities;
    }

    /// The point of the current state; empty before the room has any event.
    Optional<StatePoint> current() {
        return current;
    }

    StateMap currentState() {
        return current.map(lines::state).orElse(StateMap.empty());
    }

    SequencedSet<ServerName> residents() {
        return memory.residents();
    }

    void writeOutlier(Pdu pdu, EventStatus status, Optional<Refusal> refusal) {
        write(
                new StoredEvent(
                        pdu,
                        EventKind.OUTLIER,
                        status,
                        refusal,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty()),
                OptionalLong.empty());
    }

    /// Places an event in the graph; it becomes nothing more by that.
    void writePlaced(
            Pdu pdu,
            EventStatus status,
            Optional<Refusal> refusal,
            Placement placement,
            StatePoint before,
            StatePoint after) {
        write(
                new StoredEvent(
                        pdu,
                        placement.kind(),
                        status,
                        refusal,
                        Optional.of(before),
                        Optional.of(after),
                        OptionalLong.empty(),
                        OptionalLong.empty()),
                placement.orderBefore());
    }

    private void write(StoredEvent event, OptionalLong orderBefore) {
        written.put(event.pdu().id(), event);
        writes.add(
                new RoomCommit.EventWrite(
                        event.pdu(),
                        event.kind(),
                        event.status(),
                        event.refusal(),
                        event.before(),
                        event.after(),
                        orderBefore));
        unstaged.add(event.pdu().id());
    }

    /// The event becomes a forward extremity in place of those it cites.
    void extend(Pdu pdu, StatePoint after) {
        pdu.prevEvents().forEach(extremities::remove);
        extremities.put(pdu.id(), new Extremity(pdu.depth(), after));
    }

    /// The event becomes the only forward extremity, whatever there was.
    void restartFrom(Pdu pdu, StatePoint after) {
        extremities.clear();
        extremities.put(pdu.id(), new Extremity(pdu.depth(), after));
    }

    void moveCurrent(StatePoint point) {
        current = Optional.of(point);
    }

    void send(EventId event, SequencedSet<ServerName> audience) {
        if (!audience.isEmpty()) {
            outbox.add(new RoomCommit.OutboxEntry(event, audience));
        }
    }

    Optional<EventId> madeEarlier(ClientTransaction transaction) {
        return memory.madeBy(transaction);
    }

    Optional<ClientTransaction> client() {
        return client;
    }

    void madeBy(ClientTransaction transaction) {
        client = Optional.of(transaction);
    }

    void stage(StagedEvent event) {
        staged.add(event);
    }

    void unstage(EventId event) {
        unstaged.add(event);
    }

    boolean isEmpty() {
        return writes.isEmpty() && staged.isEmpty() && unstaged.isEmpty();
    }

    SequencedCollection<StoredEvent> written() {
        return written.sequencedValues();
    }

    SequencedSet<ServerName> audience() {
        var all = new LinkedHashSet<ServerName>();
        outbox.forEach(entry -> all.addAll(entry.audience()));
        return all;
    }

    /// Whether the transition shows anything to readers.
    boolean movesTimeline() {
        return writes.stream()
                .anyMatch(
                        write ->
                                write.kind() == EventKind.LIVE
                                        && write.status() == EventStatus.ACCEPTED);
    }

    boolean stages() {
        return !staged.isEmpty();
    }

    /// Whether memberships may have changed.
    boolean changesMembers() {
        return current.map(point -> base.map(tip -> !tip.current().equals(point)).orElse(true))
                .orElse(false);
    }

    RoomCommit toCommit() {
        var before = base.map(tip -> lines.state(tip.current())).orElse(StateMap.empty());
        return new RoomCommit(
                room,
                base.map(RoomSnapshot::revision).orElse(0L),
                rules.version(),
                StateCompleteness.COMPLETE,
                inStoreOrder(),
                lines.opened(),
                lines.changes(),
                new LinkedHashSet<>(extremities.sequencedKeySet()),
                current.orElseThrow(() -> new IllegalStateException(room + " has no state")),
                before.changesTo(currentState()),
                List.copyOf(outbox),
                client,
                List.copyOf(staged),
                new LinkedHashSet<>(unstaged));
    }

    /// Live events oldest first, then historical ones newest first: each of these goes directly
    /// before the one written last.
    private List<RoomCommit.EventWrite> inStoreOrder() {
        var ordered =
                new ArrayList<>(
                        writes.stream().filter(w -> w.kind() != EventKind.HISTORICAL).toList());
        writes.reversed().stream()
                .filter(write -> write.kind() == EventKind.HISTORICAL)
                .forEach(ordered::add);
        return List.copyOf(ordered);
    }

    /// The tip that the room has once this is committed as `revision`.
    RoomSnapshot tip(long revision) {
        return new RoomSnapshot(
                room,
                rules.version(),
                revision,
                new LinkedHashMap<>(extremities),
                current.orElseThrow(),
                lines.nextLine(),
                StateCompleteness.COMPLETE);
    }
}
