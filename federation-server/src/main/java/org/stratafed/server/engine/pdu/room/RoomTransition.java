package org.stratafed.server.engine.pdu.room;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StateCompleteness;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.model.room.StateReset;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.server.engine.pdu.policy.PolicyAnswer;

/// A room as it will be: the memory of what it is, with the decisions of one turn laid over it.
/// Ends in one [RoomCommit], or is thrown away.
final class RoomTransition {

    /// Of a room that isn't held: the store takes no notice of it.
    private static final StatePoint NO_STATE = new StatePoint(0, 0);

    private final RoomId room;
    private final RoomVersionRules rules;
    private final RoomMemory memory;
    private final Map<EventId, PolicyAnswer> policyAnswers;
    private final Optional<RoomSnapshot> base;

    private final SequencedMap<EventId, StoredEvent> written = new LinkedHashMap<>();
    private final List<RoomCommit.EventWrite> writes = new ArrayList<>();
    private final List<RoomCommit.OutboxEntry> outbox = new ArrayList<>();
    private final Staging staging;
    private final Extremities extremities;
    private final List<Pdu> unsigned = new ArrayList<>();
    private final StateLines lines;
    private Optional<StatePoint> current;
    private SequencedMap<StateKeyTuple, Optional<EventId>> changes = new LinkedHashMap<>();
    private Optional<ClientTransaction> client = Optional.empty();
    private List<StateReset> resets = List.of();

    /// @param policyAnswers what policy servers said of events without a place
    RoomTransition(
            RoomId room,
            RoomVersionRules rules,
            RoomMemory memory,
            Map<EventId, PolicyAnswer> policyAnswers) {
        this.room = room;
        this.rules = rules;
        this.memory = memory;
        this.policyAnswers = policyAnswers;
        this.base = memory.snapshot();
        this.current = base.map(RoomSnapshot::current);
        this.lines = new StateLines(memory, base.map(RoomSnapshot::nextLine).orElse(0));
        this.staging = new Staging(memory.waiting());
        this.extremities = new Extremities(this, memory);
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

    /// What the transition leaves waiting.
    Staging staging() {
        return staging;
    }

    /// The forward extremities.
    Extremities extremities() {
        return extremities;
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

    /// The room as it was before the turn; empty for a new one.
    Optional<RoomSnapshot> base() {
        return base;
    }

    /// The point of the current state; empty before the room has any event.
    Optional<StatePoint> current() {
        return current;
    }

    StateMap currentState() {
        return current.map(lines::state).orElse(StateMap.empty());
    }

    /// The state before this turn.
    StateMap committedState() {
        return base.map(tip -> lines.state(tip.current())).orElse(StateMap.empty());
    }

    /// What a policy server said of the event, if one was asked.
    Optional<PolicyAnswer> policyAnswer(EventId event) {
        return Optional.ofNullable(policyAnswers.get(event));
    }

    /// The event waits for the signature of the room's policy server.
    void awaitSignature(Pdu event) {
        unsigned.add(event);
    }

    List<Pdu> unsigned() {
        return unsigned;
    }

    SequencedSet<ServerName> residents() {
        return memory.residents();
    }

    /// Fails when none of our users is in the room: then we speak for it no more.
    void mustBeResident(ServerName local) {
        if (!residents().contains(local)) {
            throw MatrixException.notFound("this server is not in room " + room);
        }
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
        staging.end(event.pdu().id());
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

    boolean isEmpty() {
        return writes.isEmpty() && staging.isEmpty();
    }

    /// The events that are written or staged.
    SequencedCollection<EventId> touched() {
        var touched = new ArrayList<>(written.sequencedKeySet());
        staging.staged().forEach(event -> touched.add(event.id()));
        return touched;
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

    /// Whether the room's state has changed, and memberships may have.
    boolean changesState() {
        return current.map(point -> base.map(tip -> !tip.current().equals(point)).orElse(true))
                .orElse(false);
    }

    /// Users of the server whose memberships have changed.
    SequencedSet<UserId> changedMembers(ServerName server) {
        var users = new LinkedHashSet<UserId>();
        changes.keySet().stream()
                .filter(key -> key.type().equals("m.room.member"))
                .flatMap(key -> UserId.parse(key.stateKey()).stream())
                .filter(user -> user.server().equals(server))
                .forEach(users::add);
        return users;
    }

    /// Where the state went back in this turn, as far as that was looked at.
    List<StateReset> resets() {
        return resets;
    }

    /// A room that isn't held stays so while it gets nothing but outliers.
    ///
    /// @param resets where the state went back in this turn
    /// @param arrival how the events came that the turn was about, if another server sent them
    RoomCommit toCommit(List<StateReset> resets, Optional<Arrival> arrival) {
        this.resets = List.copyOf(resets);
        changes = committedState().changesTo(currentState());
        return new RoomCommit(
                room,
                base.map(RoomSnapshot::revision).orElse(0L),
                rules.version(),
                StateCompleteness.COMPLETE,
                inStoreOrder(),
                lines.opened(),
                lines.changes(),
                new LinkedHashSet<>(extremities.all().sequencedKeySet()),
                current.orElse(NO_STATE),
                changes,
                List.copyOf(outbox),
                client,
                List.copyOf(staging.staged()),
                new LinkedHashSet<>(staging.ended()),
                resets,
                arrival);
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

    /// The tip that the room has once this is committed as `revision`. Empty if it still is not
    /// held.
    Optional<RoomSnapshot> tip(long revision) {
        return current.map(
                point ->
                        new RoomSnapshot(
                                room,
                                rules.version(),
                                revision,
                                new LinkedHashMap<>(extremities.all()),
                                point,
                                lines.nextLine(),
                                StateCompleteness.COMPLETE));
    }
}
