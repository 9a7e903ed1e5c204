package org.stratafed.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.AuthRule;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.StateCompleteness;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.model.room.StateReset;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.api.spi.store.RoomCommit.EventWrite;
import org.stratafed.api.spi.store.RoomCommit.LineOpened;
import org.stratafed.api.spi.store.RoomCommit.OutboxEntry;
import org.stratafed.api.spi.store.RoomCommit.StateChange;
import org.stratafed.api.spi.store.StagedEvent;

/// A change of a room that is being put together.
public final class CommitDraft {

    public static final RoomVersion VERSION = new RoomVersion("11");
    public static final Refusal REFUSAL = new Refusal(
                    PduCheck.CURRENT_STATE,
                    Optional.of(new AuthRule("5.3.3")),
                    "banned",
                    List.of(new EventId("$create"), new EventId("$ban with \"quotes\"")));

    private final RoomId room;
    private final long basedOn;
    private RoomVersion version = VERSION;
    private StateCompleteness completeness = StateCompleteness.COMPLETE;
    private final List<EventWrite> events = new ArrayList<>();
    private final List<LineOpened> lines = new ArrayList<>();
    private final List<StateChange> changes = new ArrayList<>();
    private SequencedSet<EventId> extremities = new LinkedHashSet<>();
    private StatePoint current = new StatePoint(0, 0);
    private final SequencedMap<StateKeyTuple, Optional<EventId>> currentChanges =
            new LinkedHashMap<>();
    private final List<OutboxEntry> outbox = new ArrayList<>();
    private Optional<ClientTransaction> client = Optional.empty();
    private Optional<Arrival> arrival = Optional.empty();
    private final List<StagedEvent> staged = new ArrayList<>();
    private final SequencedSet<EventId> unstaged = new LinkedHashSet<>();
    private final List<StateReset> resets = new ArrayList<>();

    public CommitDraft(RoomId room, long basedOn) {
        this.room = room;
        this.basedOn = basedOn;
    }

    public CommitDraft version(RoomVersion version) {
        this.version = version;
        return this;
    }

    public CommitDraft completeness(StateCompleteness completeness) {
        this.completeness = completeness;
        return this;
    }

    public CommitDraft live(Pdu pdu, StatePoint before, StatePoint after) {
        return placed(pdu, EventKind.LIVE, EventStatus.ACCEPTED, before, after);
    }

    public CommitDraft softFailed(Pdu pdu, StatePoint before, StatePoint after) {
        return placed(pdu, EventKind.LIVE, EventStatus.SOFT_FAILED, before, after);
    }

    public CommitDraft rejected(Pdu pdu, StatePoint before) {
        return placed(pdu, EventKind.LIVE, EventStatus.REJECTED, before, before);
    }

    private CommitDraft placed(
            Pdu pdu, EventKind kind, EventStatus status, StatePoint before, StatePoint after) {
        events.add(
                new EventWrite(
                        pdu,
                        kind,
                        status,
                        status == EventStatus.ACCEPTED ? Optional.empty() : Optional.of(REFUSAL),
                        Optional.of(before),
                        Optional.of(after),
                        OptionalLong.empty()));
        return this;
    }

    public CommitDraft historical(Pdu pdu, StatePoint state, long orderBefore) {
        events.add(
                new EventWrite(
                        pdu,
                        EventKind.HISTORICAL,
                        EventStatus.ACCEPTED,
                        Optional.empty(),
                        Optional.of(state),
                        Optional.of(state),
                        OptionalLong.of(orderBefore)));
        return this;
    }

    public CommitDraft outlier(Pdu pdu) {
        events.add(
                new EventWrite(
                        pdu,
                        EventKind.OUTLIER,
                        EventStatus.ACCEPTED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty()));
        return this;
    }

    public CommitDraft line(int line, Optional<StatePoint> parent) {
        lines.add(new LineOpened(line, parent));
        return this;
    }

    public CommitDraft change(StatePoint at, StateKeyTuple key, Optional<EventId> event) {
        changes.add(new StateChange(at, key, event));
        return this;
    }

    /// Replaces all forward extremities.
    public CommitDraft extremities(EventId... ids) {
        extremities = new LinkedHashSet<>(List.of(ids));
        return this;
    }

    public CommitDraft current(StatePoint current) {
        this.current = current;
        return this;
    }

    public CommitDraft currentChange(StateKeyTuple key, Optional<EventId> event) {
        currentChanges.put(key, event);
        return this;
    }

    public CommitDraft send(EventId event, String... servers) {
        var audience = new LinkedHashSet<ServerName>();
        for (String server : servers) {
            audience.add(new ServerName(server));
        }
        outbox.add(new OutboxEntry(event, audience));
        return this;
    }

    public CommitDraft madeBy(ClientTransaction transaction) {
        client = Optional.of(transaction);
        return this;
    }

    public CommitDraft stage(StagedEvent event) {
        staged.add(event);
        return this;
    }

    public CommitDraft unstage(EventId event) {
        unstaged.add(event);
        return this;
    }

    public CommitDraft reset(StateReset reset) {
        resets.add(reset);
        return this;
    }

    public CommitDraft broughtBy(Arrival arrival) {
        this.arrival = Optional.of(arrival);
        return this;
    }

    public RoomCommit build() {
        return new RoomCommit(
                room,
                basedOn,
                version,
                completeness,
                events,
                lines,
                changes,
                extremities,
                current,
                currentChanges,
                outbox,
                client,
                staged,
                unstaged,
                resets,
                arrival);
    }
}
