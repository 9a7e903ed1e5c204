package org.stratafed.server.engine.messaging.discovery;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.server.engine.messaging.call.InBatches;
import org.stratafed.server.engine.messaging.reading.StateViews;

/// Looks at rooms for those who want to know what there is. Only rooms that somebody of ours is in
/// are known: of others, what was heard last may be long out of date.
final class KnownRooms {

    /// Rooms that are looked at, at one time, for one answer.
    static final int AT_ONCE_MAX = 10;

    private static final SequencedSet<StateKeyTuple> KEYS = keys();

    private final ServerName local;
    private final Stores stores;
    private final StateViews views;

    KnownRooms(ServerName local, Stores stores, StateViews views) {
        this.local = local;
        this.stores = stores;
        this.views = views;
    }

    private static SequencedSet<StateKeyTuple> keys() {
        var keys = new LinkedHashSet<StateKeyTuple>();
        KnownRoom.TYPES.forEach(type -> keys.add(new StateKeyTuple(type, "")));
        return keys;
    }

    /// Those of these rooms that are known, in the order given.
    Uni<List<KnownRoom>> of(SequencedSet<RoomId> rooms) {
        if (rooms.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return stores.timeline()
                .joinedMembers(rooms)
                .chain(
                        members ->
                                InBatches.of(
                                        new ArrayList<>(rooms),
                                        AT_ONCE_MAX,
                                        room -> of(room, members.get(room))))
                .map(found -> found.stream().flatMap(Optional::stream).toList());
    }

    Uni<Optional<KnownRoom>> of(RoomId room) {
        return of(new LinkedHashSet<>(List.of(room))).map(found -> found.stream().findFirst());
    }

    private Uni<Optional<KnownRoom>> of(RoomId room, long members) {
        return stores.timeline()
                .localMembers(room, local)
                .chain(
                        ours ->
                                ours.isEmpty()
                                        ? Uni.createFrom().item(Optional.<RoomSnapshot>empty())
                                        : stores.rooms().snapshot(room))
                .chain(
                        tip ->
                                tip.isEmpty()
                                        ? Uni.createFrom().item(Optional.<KnownRoom>empty())
                                        : shown(tip.get())
                                                .map(it -> known(tip.get(), members, it)));
    }

    private static Optional<KnownRoom> known(
            RoomSnapshot tip, long members, SequencedMap<StateKeyTuple, Pdu> events) {
        return RoomVersionRules.of(tip.version())
                .map(rules -> new KnownRoom(tip.room(), rules, tip.current(), members, events));
    }

    private Uni<SequencedMap<StateKeyTuple, Pdu>> shown(RoomSnapshot tip) {
        var wanted = new LinkedHashMap<StatePoint, SequencedSet<StateKeyTuple>>();
        wanted.put(tip.current(), KEYS);
        return stores.timeline()
                .stateEvents(tip.room(), wanted)
                .map(states -> new ArrayList<>(states.get(tip.current()).values()))
                .chain(events -> views.ofPdus(tip.room(), events))
                .map(KnownRooms::byKey);
    }

    private static SequencedMap<StateKeyTuple, Pdu> byKey(List<TimelineEvent> views) {
        var events = new LinkedHashMap<StateKeyTuple, Pdu>();
        views.stream()
                .map(TimelineEvent::pdu)
                .forEach(pdu -> events.put(pdu.stateTuple().orElseThrow(), pdu));
        return events;
    }
}
