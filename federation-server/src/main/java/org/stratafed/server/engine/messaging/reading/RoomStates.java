package org.stratafed.server.engine.messaging.reading;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.layer.messaging.Timeline.MembersRequest;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.TimelineStore;

/// A room's state, as its readers see it: to whom it is open, as it is now; to whoever left, as it
/// was when they did.
public final class RoomStates {

    private final TimelineStore timeline;
    private final RoomAccess access;
    private final StateViews states;

    public RoomStates(TimelineStore timeline, RoomAccess access, StateViews states) {
        this.timeline = timeline;
        this.access = access;
        this.states = states;
    }

    public Uni<List<TimelineEvent>> state(UserId user, RoomId room) {
        return point(user, room).chain(point -> states.at(room, point));
    }

    public Uni<TimelineEvent> event(UserId user, RoomId room, StateKeyTuple key) {
        return point(user, room)
                .chain(point -> event(room, point, key))
                .map(
                        found ->
                                found.orElseThrow(
                                        () -> MatrixException.notFound("no such state: " + key)));
    }

    private Uni<Optional<TimelineEvent>> event(RoomId room, StatePoint point, StateKeyTuple key) {
        var wanted = new LinkedHashMap<StatePoint, SequencedSet<StateKeyTuple>>();
        wanted.put(point, new LinkedHashSet<>(List.of(key)));
        return timeline.stateEvents(room, wanted)
                .map(found -> List.copyOf(found.get(point).values()))
                .chain(found -> states.ofPdus(room, found))
                .map(found -> found.stream().findFirst());
    }

    public Uni<List<TimelineEvent>> members(UserId user, RoomId room, MembersRequest request) {
        var at = request.at().map(HistoryToken::parse);
        return access.standing(user, room)
                .invoke(Standing::requireReads)
                .chain(standing -> point(room, standing, at))
                .chain(point -> states.membersAt(room, point))
                .map(all -> all.stream().filter(it -> admits(request, it)).toList());
    }

    private static boolean admits(MembersRequest request, TimelineEvent member) {
        var membership = member.pdu().content().string("membership");
        return request.membership().map(it -> membership.equals(Optional.of(it))).orElse(true)
                && request.notMembership()
                        .map(it -> !membership.equals(Optional.of(it)))
                        .orElse(true);
    }

    public Uni<List<TimelineEvent>> joinedMembers(UserId user, RoomId room) {
        var joined = new MembersRequest(Optional.empty(), Optional.of("join"), Optional.empty());
        return access.requireJoined(user, room).chain(() -> members(user, room, joined));
    }

    private Uni<StatePoint> point(UserId user, RoomId room) {
        return access.standing(user, room)
                .invoke(Standing::requireReads)
                .chain(standing -> point(room, standing, Optional.empty()));
    }

    /// Who left may look back, but not further ahead than when they did.
    private Uni<StatePoint> point(RoomId room, Standing standing, Optional<HistoryToken> at) {
        boolean isOpen = standing.joined() || standing.worldReadable();
        if (isOpen && at.isEmpty()) {
            return Uni.createFrom().item(standing.current());
        }
        long last = isOpen ? Long.MAX_VALUE : standing.left().orElseThrow();
        long position = Math.min(at.map(HistoryToken::position).orElse(last), last);
        return timeline.currentAt(room, position)
                .map(
                        point ->
                                point.orElseThrow(
                                        () ->
                                                MatrixException.notFound(
                                                        "the state is not known from then")));
    }
}
