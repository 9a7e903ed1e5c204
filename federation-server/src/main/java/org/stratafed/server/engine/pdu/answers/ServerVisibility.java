package org.stratafed.server.engine.pdu.answers;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.TimelineStore;

/// What a server may know of a room: everything while it is in it; once it has left, what its users
/// could see until then. The specification fixes it for `state_ids` only, and for users.
public final class ServerVisibility {

    private static final StateKeyTuple SETTING = new StateKeyTuple("m.room.history_visibility", "");

    /// Of a server that has left, those whose memberships are looked at.
    static final int MEMBERS_MAX = 100;

    private final TimelineStore timeline;
    private final RoomStore rooms;

    public ServerVisibility(TimelineStore timeline, RoomStore rooms) {
        this.timeline = timeline;
        this.rooms = rooms;
    }

    /// Picks, of events of one room, those that a server may know of; in the order given.
    interface Sight {
        Uni<List<StoredEvent>> of(List<StoredEvent> events);
    }

    /// Fails with `M_FORBIDDEN` for a server that never was in the room.
    Uni<Sight> of(ServerName server, RoomId room) {
        return timeline.localMembers(room, server)
                .chain(
                        members ->
                                members.isEmpty()
                                        ? afterLeaving(server, room)
                                        : Uni.createFrom()
                                                .<Sight>item(
                                                        events -> Uni.createFrom().item(events)));
    }

    private Uni<Sight> afterLeaving(ServerName server, RoomId room) {
        return timeline.everResident(room, server)
                .invoke(
                        resident -> {
                            if (!resident) {
                                throw MatrixException.forbidden(server + " is not in room " + room);
                            }
                        })
                .chain(() -> rooms.snapshot(room))
                .chain(
                        tip ->
                                tip.map(now -> rooms.state(room, now.current()))
                                        .orElseThrow(
                                                () ->
                                                        MatrixException.notFound(
                                                                "room " + room + " is not known")))
                .chain(
                        state -> {
                            var members = new LinkedHashMap<StateKeyTuple, EventId>();
                            state.forEach(
                                    (key, id) -> {
                                        if (isMember(key, server) && members.size() < MEMBERS_MAX) {
                                            members.put(key, id);
                                        }
                                    });
                            return rooms.events(room, members.values())
                                    .map(newest -> departed(room, members, newest));
                        });
    }

    private static boolean isMember(StateKeyTuple key, ServerName server) {
        return key.type().equals("m.room.member")
                && UserId.parse(key.stateKey())
                        .filter(user -> user.server().equals(server))
                        .isPresent();
    }

    private Sight departed(
            RoomId room,
            SequencedMap<StateKeyTuple, EventId> members,
            SequencedMap<EventId, StoredEvent> newest) {
        long leftAt =
                newest.values().stream()
                        .flatMapToLong(event -> event.order().stream())
                        .max()
                        .orElse(Long.MIN_VALUE);
        return events -> seen(room, members.sequencedKeySet(), leftAt, events);
    }

    private Uni<List<StoredEvent>> seen(
            RoomId room,
            SequencedSet<StateKeyTuple> members,
            long leftAt,
            List<StoredEvent> events) {
        var keys = new LinkedHashSet<>(members);
        keys.add(SETTING);
        var wanted = new LinkedHashMap<StatePoint, SequencedSet<StateKeyTuple>>();
        events.forEach(event -> points(event).forEach(point -> wanted.put(point, keys)));
        if (wanted.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return timeline.stateEvents(room, wanted)
                .map(
                        states ->
                                events.stream()
                                        .filter(event -> isSeen(event, states, leftAt))
                                        .toList());
    }

    /// The states before and after the event: whoever is put out of the room by it gets to see it.
    private static List<StatePoint> points(StoredEvent event) {
        return Stream.of(event.before(), event.after()).flatMap(Optional::stream).toList();
    }

    private static boolean isSeen(
            StoredEvent event,
            SequencedMap<StatePoint, SequencedMap<StateKeyTuple, Pdu>> states,
            long leftAt) {
        var isFromBefore = event.order().isPresent() && event.order().getAsLong() <= leftAt;
        return points(event).stream()
                .map(states::get)
                .anyMatch(state -> shows(new ArrayList<>(state.values()), isFromBefore));
    }

    /// @param state the setting, and the memberships of the server's users, in one state
    /// @param isFromBefore whether the server was in the room later
    private static boolean shows(List<Pdu> state, boolean isFromBefore) {
        var setting =
                state.stream()
                        .filter(it -> it.type().equals(SETTING.type()))
                        .flatMap(it -> it.content().string("history_visibility").stream())
                        .findFirst()
                        .orElse("shared");
        return switch (setting) {
            case "world_readable" -> true;
            case "joined" -> isAny(state, "join");
            case "invited" -> isAny(state, "join") || isAny(state, "invite");
            default -> isFromBefore || isAny(state, "join");
        };
    }

    private static boolean isAny(List<Pdu> state, String membership) {
        return state.stream()
                .filter(it -> it.type().equals("m.room.member"))
                .anyMatch(
                        it ->
                                it.content()
                                        .string("membership")
                                        .filter(membership::equals)
                                        .isPresent());
    }
}
