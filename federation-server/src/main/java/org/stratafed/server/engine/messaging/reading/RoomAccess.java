package org.stratafed.server.engine.messaging.reading;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.api.spi.store.UserMembership;

/// Who a user is to a room now, and the little of its state that this takes.
public final class RoomAccess {

    private static final StateKeyTuple VISIBILITY = new StateKeyTuple(HistoryVisibility.TYPE, "");
    private static final StateKeyTuple CREATE = new StateKeyTuple("m.room.create", "");
    private static final StateKeyTuple LEVELS = new StateKeyTuple("m.room.power_levels", "");

    private final Stores stores;

    public RoomAccess(Stores stores) {
        this.stores = stores;
    }

    /// Fails with `M_FORBIDDEN` for a room that is not held here.
    public Uni<Standing> standing(UserId user, RoomId room) {
        var member = new StateKeyTuple("m.room.member", user.value());
        return snapshot(room)
                .chain(
                        tip ->
                                current(room, tip, List.of(member, VISIBILITY))
                                        .chain(state -> standing(user, tip, member, state)));
    }

    private Uni<Standing> standing(
            UserId user,
            RoomSnapshot tip,
            StateKeyTuple member,
            SequencedMap<StateKeyTuple, Pdu> state) {
        boolean worldReadable =
                HistoryVisibility.of(Optional.ofNullable(state.get(VISIBILITY)))
                        == HistoryVisibility.WORLD_READABLE;
        if (isJoined(Optional.ofNullable(state.get(member)))) {
            return Uni.createFrom()
                    .item(new Standing(tip.current(), true, OptionalLong.empty(), worldReadable));
        }
        return Uni.combine()
                .all()
                .unis(
                        stores.timeline().membershipChanges(user, 0, Long.MAX_VALUE),
                        stores.directory().forgotten(user))
                .with(
                        (changes, forgotten) ->
                                new Standing(
                                        tip.current(),
                                        false,
                                        endOfLastJoin(
                                                tip.room(),
                                                changes,
                                                forgotten.getOrDefault(tip.room(), 0L)),
                                        worldReadable));
    }

    /// @param after what ended up to there isn't known any more
    private static OptionalLong endOfLastJoin(
            RoomId room, List<UserMembership> changes, long after) {
        var end = OptionalLong.empty();
        boolean joined = false;
        for (var change : changes) {
            if (!change.room().equals(room) || change.position() <= after) {
                continue;
            }
            boolean joins = change.membership().equals("join");
            if (joined && !joins) {
                end = OptionalLong.of(change.position());
            }
            joined = joins;
        }
        return end;
    }

    public Uni<Void> requireJoined(UserId user, RoomId room) {
        return currentEvent(room, "m.room.member", user.value())
                .invoke(
                        event -> {
                            if (!isJoined(event)) {
                                throw Standing.notInRoom();
                            }
                        })
                .replaceWithVoid();
    }

    /// Fails with `M_FORBIDDEN` for who isn't in the room, or hasn't the power to set such state.
    public Uni<Void> requireMaySetState(UserId user, RoomId room, String type) {
        var member = new StateKeyTuple("m.room.member", user.value());
        return snapshot(room)
                .chain(
                        tip ->
                                current(room, tip, List.of(member, CREATE, LEVELS))
                                        .map(
                                                state -> {
                                                    var levels =
                                                            Levels.of(
                                                                    rules(tip),
                                                                    Optional.ofNullable(
                                                                            state.get(CREATE)),
                                                                    Optional.ofNullable(
                                                                            state.get(LEVELS)));
                                                    return isJoined(
                                                                    Optional.ofNullable(
                                                                            state.get(member)))
                                                            && levels.maySetState(user, type);
                                                }))
                .invoke(
                        may -> {
                            if (!may) {
                                throw MatrixException.forbidden(
                                        "you don't have the power to set " + type);
                            }
                        })
                .replaceWithVoid();
    }

    private static RoomVersionRules rules(RoomSnapshot tip) {
        return RoomVersionRules.of(tip.version()).orElseThrow();
    }

    /// One event of the room's current state. Fails with `M_FORBIDDEN` for a room not held here.
    public Uni<Optional<Pdu>> currentEvent(RoomId room, String type, String stateKey) {
        var key = new StateKeyTuple(type, stateKey);
        return snapshot(room)
                .chain(tip -> current(room, tip, List.of(key)))
                .map(state -> Optional.ofNullable(state.get(key)));
    }

    private Uni<RoomSnapshot> snapshot(RoomId room) {
        return stores.rooms().snapshot(room).map(tip -> tip.orElseThrow(Standing::notInRoom));
    }

    private Uni<SequencedMap<StateKeyTuple, Pdu>> current(
            RoomId room, RoomSnapshot tip, List<StateKeyTuple> keys) {
        var wanted = new LinkedHashMap<StatePoint, SequencedSet<StateKeyTuple>>();
        wanted.put(tip.current(), new LinkedHashSet<>(keys));
        return stores.timeline().stateEvents(room, wanted).map(state -> state.get(tip.current()));
    }

    private static boolean isJoined(Optional<Pdu> member) {
        return member.flatMap(it -> it.content().string("membership"))
                .filter("join"::equals)
                .isPresent();
    }
}
