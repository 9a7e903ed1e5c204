package org.stratafed.server.engine.messaging.sync;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.layer.messaging.SyncAnswer;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.Compute;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.api.spi.store.UserMembership;
import org.stratafed.server.engine.messaging.call.InBatches;
import org.stratafed.server.engine.messaging.sync.RoomsToShow.MembershipReads;
import org.stratafed.server.engine.messaging.sync.SyncAssembly.RoomOutside;
import org.stratafed.server.engine.messaging.sync.SyncAssembly.SyncReadings;

/// Reads what a sync needs, all as of one position of the stream, and has the answer made of it.
final class SyncGathering {

    static final int ROOMS_AT_ONCE_MAX = 16;

    /// Up to so many events of all rooms are read at once to see where something happened. With
    /// more of them, each room is looked at.
    static final int STREAM_EVENTS_MAX = 100;

    /// What a user who is invited or knocks is told of a room that is held here.
    private static final List<String> TOLD =
            List.of(
                    "m.room.create",
                    "m.room.name",
                    "m.room.avatar",
                    "m.room.topic",
                    "m.room.join_rules",
                    "m.room.canonical_alias",
                    "m.room.encryption");

    private final Stores stores;
    private final TimelineStore timeline;
    private final Compute compute;
    private final RoomGathering rooms;
    private final UserMemberships memberships;

    SyncGathering(Stores stores, Compute compute, RoomGathering rooms) {
        this.stores = stores;
        this.timeline = stores.timeline();
        this.compute = compute;
        this.rooms = rooms;
        this.memberships = new UserMemberships(timeline);
    }

    Uni<SyncAnswer> answer(SyncQuestion question) {
        return Uni.combine()
                .all()
                .unis(memberships(question), happened(question))
                .asTuple()
                .chain(
                        both -> {
                            var happened = both.getItem2();
                            var toShow =
                                    RoomsToShow.of(
                                            question,
                                            both.getItem1(),
                                            happened.map(SequencedMap::sequencedKeySet));
                            return answer(question, toShow, happened);
                        });
    }

    private Uni<SyncAnswer> answer(
            SyncQuestion question,
            RoomsToShow toShow,
            Optional<SequencedMap<RoomId, List<StoredEvent>>> happened) {
        return Uni.combine()
                .all()
                .unis(
                        InBatches.of(
                                toShow.rooms(),
                                ROOMS_AT_ONCE_MAX,
                                task -> rooms.read(question, task, known(task, happened))),
                        InBatches.of(
                                toShow.invites(),
                                ROOMS_AT_ONCE_MAX,
                                invite -> outside(question, invite)),
                        InBatches.of(
                                toShow.knocks(),
                                ROOMS_AT_ONCE_MAX,
                                knock -> outside(question, knock)))
                .with(
                        (read, invites, knocks) ->
                                new SyncReadings(read, invites, knocks, toShow.endings()))
                .chain(readings -> compute.run(() -> new SyncAssembly(question).answer(readings)));
    }

    /// What happened in a room that the user is in and was in all the time.
    private static Optional<List<StoredEvent>> known(
            RoomTask task, Optional<SequencedMap<RoomId, List<StoredEvent>>> happened) {
        return task.joined() && !task.isNew()
                ? happened.map(it -> it.getOrDefault(task.room(), List.of()))
                : Optional.empty();
    }

    private Uni<MembershipReads> memberships(SyncQuestion question) {
        var user = question.user();
        var now = memberships.asOf(user, question.upTo());
        if (question.since().isPresent()) {
            long since = question.since().getAsLong();
            return Uni.combine()
                    .all()
                    .unis(now, timeline.membershipChanges(user, since, question.upTo()))
                    .asTuple()
                    .chain(both -> memberships(user, since, both.getItem1(), both.getItem2()));
        }
        var changes =
                question.filter().includeLeave()
                        ? remembered(user, question.upTo())
                        : Uni.createFrom().item(List.<UserMembership>of());
        return Uni.combine()
                .all()
                .unis(now, changes)
                .with((all, changed) -> new MembershipReads(all, List.of(), List.of(), changed));
    }

    /// All changes there ever were, but of what the user has forgotten.
    private Uni<List<UserMembership>> remembered(UserId user, long upTo) {
        return Uni.combine()
                .all()
                .unis(timeline.membershipChanges(user, 0, upTo), stores.directory().forgotten(user))
                .with(
                        (changes, forgotten) ->
                                changes.stream()
                                        .filter(
                                                it ->
                                                        it.position()
                                                                > forgotten.getOrDefault(
                                                                        it.room(), 0L))
                                        .toList());
    }

    private Uni<MembershipReads> memberships(
            UserId user, long since, List<UserMembership> now, List<UserMembership> changes) {
        return changes.isEmpty()
                ? Uni.createFrom().item(new MembershipReads(now, now, List.of(), changes))
                : timeline.memberships(user, since)
                        .chain(
                                before ->
                                        earlier(user, since, before)
                                                .map(
                                                        earlier ->
                                                                new MembershipReads(
                                                                        now, before, earlier,
                                                                        changes)));
    }

    /// What was before an invite: the user may have been in the room.
    private Uni<List<UserMembership>> earlier(
            UserId user, long since, List<UserMembership> before) {
        return before.stream().anyMatch(RoomsToShow::hidesWhatWas)
                ? timeline.membershipChanges(user, 0, since)
                : Uni.createFrom().item(List.of());
    }

    /// What happened since, by room; empty for a first sync, and if it is too much to be read at
    /// once.
    private Uni<Optional<SequencedMap<RoomId, List<StoredEvent>>>> happened(SyncQuestion question) {
        if (question.since().isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        long since = question.since().getAsLong();
        return timeline.stream(since, question.upTo(), STREAM_EVENTS_MAX + 1)
                .map(
                        events ->
                                events.size() > STREAM_EVENTS_MAX
                                        ? Optional.empty()
                                        : Optional.of(byRoom(events)));
    }

    private static SequencedMap<RoomId, List<StoredEvent>> byRoom(List<StoredEvent> events) {
        var byRoom = new LinkedHashMap<RoomId, List<StoredEvent>>();
        for (var event : events) {
            byRoom.computeIfAbsent(event.pdu().roomId(), _ -> new ArrayList<>()).add(event);
        }
        return byRoom;
    }

    /// A room that is held here tells its state itself; of others there is what came with the
    /// invite, or with the answer to the knock.
    private Uni<RoomOutside> outside(SyncQuestion question, UserMembership membership) {
        if (!membership.inRoom()) {
            return Uni.createFrom().item(new RoomOutside(membership, membership.strippedState()));
        }
        return timeline.currentAt(membership.room(), question.upTo())
                .chain(
                        point ->
                                point.map(it -> stateTold(membership, it))
                                        .orElseGet(() -> Uni.createFrom().item(List.of())))
                .map(state -> new RoomOutside(membership, state));
    }

    private Uni<List<JsonObject>> stateTold(UserMembership membership, StatePoint point) {
        var keys = new LinkedHashSet<StateKeyTuple>();
        TOLD.forEach(type -> keys.add(new StateKeyTuple(type, "")));
        keys.add(new StateKeyTuple("m.room.member", membership.event().sender().value()));
        var wanted = new LinkedHashMap<StatePoint, SequencedSet<StateKeyTuple>>();
        wanted.put(point, keys);
        return timeline.stateEvents(membership.room(), wanted)
                .map(found -> found.get(point).values().stream().map(Pdu::json).toList());
    }
}
