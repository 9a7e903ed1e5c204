package org.stratafed.server.engine.messaging.sync;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Supplier;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.layer.messaging.SyncAnswer.Summary;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.Compute;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.api.spi.store.TimelineStore.BackwardExtremity;
import org.stratafed.server.engine.messaging.call.InBatches;
import org.stratafed.server.engine.messaging.reading.EventViews;
import org.stratafed.server.engine.messaging.reading.Reader;
import org.stratafed.server.engine.messaging.reading.ShownEvent;
import org.stratafed.server.engine.messaging.reading.StateCache;
import org.stratafed.server.engine.messaging.reading.StateViews;

/// Reads what a sync shows of one room: its newest events first, then the state that goes with
/// those of them that fit.
final class RoomGathering {

    /// How many events are read to find those that a filter lets through.
    static final int FILTERED_EVENTS_MIN = 200;

    private static final int STATES_MAX = 3;

    private final TimelineStore timeline;
    private final Compute compute;
    private final EventViews events;
    private final StateViews states;
    private final StateCache cache;
    private final MemberTables members;

    RoomGathering(
            Stores stores,
            Compute compute,
            EventViews events,
            StateViews states,
            StateCache cache) {
        this.timeline = stores.timeline();
        this.compute = compute;
        this.events = events;
        this.states = states;
        this.cache = cache;
        this.members = new MemberTables(stores.rooms(), compute);
    }

    /// @param known all events of the room since the client asked last, if they were read already
    Uni<RoomReading> read(SyncQuestion question, RoomTask task, Optional<List<StoredEvent>> known) {
        return newest(question, task, known)
                .chain(newest -> cut(question, task, newest))
                .chain(cut -> read(question, task, cut));
    }

    private Uni<Newest> newest(
            SyncQuestion question, RoomTask task, Optional<List<StoredEvent>> known) {
        if (known.isPresent()) {
            return Uni.createFrom().item(new Newest(known.get(), false));
        }
        int max = eventsMax(question.filter().timeline());
        return timeline.newest(task.room(), task.after(), task.upTo(), max + 1)
                .map(
                        raw ->
                                raw.size() > max
                                        ? new Newest(raw.subList(1, raw.size()), true)
                                        : new Newest(raw, false));
    }

    private static int eventsMax(EventFilter filter) {
        int limit = Math.clamp(filter.limit(), 1, EventFilter.LIMIT_MAX);
        boolean admitsAll =
                filter.types().isEmpty()
                        && filter.notTypes().isEmpty()
                        && filter.senders().isEmpty()
                        && filter.notSenders().isEmpty()
                        && filter.containsUrl().isEmpty();
        return admitsAll ? limit : Math.max(limit, FILTERED_EVENTS_MIN);
    }

    private Uni<TimelineCut> cut(SyncQuestion question, RoomTask task, Newest newest) {
        long joinedUntil = task.joined() ? Long.MAX_VALUE : TimelineStore.orderAt(task.upTo());
        var reader = Reader.following(question.user(), question.device(), joinedUntil);
        return Uni.combine()
                .all()
                .unis(
                        events.show(reader, task.room(), newest.raw()),
                        gaps(task.room(), newest.raw()))
                .with(
                        (shown, gaps) ->
                                TimelineCut.of(
                                        task,
                                        newest.raw(),
                                        newest.truncated(),
                                        shown,
                                        gaps,
                                        question.filter().timeline()));
    }

    private Uni<SequencedSet<EventId>> gaps(RoomId room, List<StoredEvent> raw) {
        return raw.isEmpty()
                ? Uni.createFrom().item(new LinkedHashSet<>())
                : timeline.backwardExtremities(room)
                        .map(
                                all -> {
                                    var ids = new LinkedHashSet<EventId>();
                                    all.stream().map(BackwardExtremity::event).forEach(ids::add);
                                    return ids;
                                });
    }

    private Uni<RoomReading> read(SyncQuestion question, RoomTask task, TimelineCut cut) {
        return delta(task, cut)
                .chain(
                        delta ->
                                summary(question, task, cut, delta)
                                        .chain(
                                                summary ->
                                                        state(question, task, cut, delta, summary)
                                                                .map(
                                                                        state ->
                                                                                new RoomReading(
                                                                                        task, cut,
                                                                                        state,
                                                                                        summary))));
    }

    /// The three states, of which mostly two or all are the same.
    private Uni<StateDelta> delta(RoomTask task, TimelineCut cut) {
        var positions = new LinkedHashSet<Long>();
        task.stateSince().ifPresent(positions::add);
        positions.add(cut.startPosition(task));
        positions.add(task.upTo());
        return InBatches.of(List.copyOf(positions), STATES_MAX, it -> stateAt(task.room(), it))
                .map(
                        found -> {
                            var states = new LinkedHashMap<Long, StateMap>();
                            positions.forEach(it -> states.put(it, found.get(states.size())));
                            var since =
                                    task.wholeState()
                                            ? Optional.<StateMap>empty()
                                            : Optional.of(
                                                    states.get(task.stateSince().getAsLong()));
                            return new StateDelta(
                                    since,
                                    states.get(cut.startPosition(task)),
                                    states.get(task.upTo()));
                        });
    }

    private Uni<StateMap> stateAt(RoomId room, long position) {
        return timeline.currentAt(room, position)
                .chain(
                        point ->
                                point.map(it -> cache.state(room, it))
                                        .orElseGet(() -> Uni.createFrom().item(StateMap.empty())));
    }

    /// Counted where a membership may have changed.
    private Uni<Optional<Summary>> summary(
            SyncQuestion question, RoomTask task, TimelineCut cut, StateDelta delta) {
        return work(delta, () -> task.wholeState() || delta.changesMembers(cut.events()))
                .chain(
                        changed ->
                                changed
                                        ? members.at(task.room(), delta.end())
                                                .chain(table -> summary(question, table))
                                                .map(Optional::of)
                                        : Uni.createFrom().item(Optional.empty()));
    }

    private Uni<Summary> summary(SyncQuestion question, MemberTable table) {
        return compute.run(() -> table.summary(question.user()));
    }

    private Uni<List<TimelineEvent>> state(
            SyncQuestion question,
            RoomTask task,
            TimelineCut cut,
            StateDelta delta,
            Optional<Summary> summary) {
        return work(
                        delta,
                        () ->
                                question.filter().state().lazyLoadMembers()
                                        ? delta.withMembersOf(
                                                concerned(question, task, cut, summary),
                                                cut.events())
                                        : delta.all(cut.events()))
                .chain(wanted -> states.of(task.room(), wanted.values()));
    }

    /// Comparing states may be labour, unless they are one.
    private <T> Uni<T> work(StateDelta delta, Supplier<T> work) {
        return delta.isTrivial() ? Uni.createFrom().item(work) : compute.run(work);
    }

    /// Whose memberships a client needs to show what it is given: the senders', the reader's, and
    /// those of the users the room may be named by.
    private static SequencedSet<UserId> concerned(
            SyncQuestion question, RoomTask task, TimelineCut cut, Optional<Summary> summary) {
        var users = new LinkedHashSet<UserId>();
        cut.events().stream().map(ShownEvent::pdu).forEach(it -> users.add(it.sender()));
        if (task.wholeState()) {
            users.add(question.user());
            summary.ifPresent(it -> users.addAll(it.heroes()));
        }
        return users;
    }

    /// The newest events of a room, ascending.
    ///
    /// @param truncated whether there are older ones that would be wanted too
    private record Newest(List<StoredEvent> raw, boolean truncated) {}
}
