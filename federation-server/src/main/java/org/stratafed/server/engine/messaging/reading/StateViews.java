package org.stratafed.server.engine.messaging.reading;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.Stores;

/// Shows state events to readers who may see them.
public final class StateViews {

    private final Stores stores;
    private final StateCache cache;
    private final Redactions redactions;

    public StateViews(Stores stores, StateCache cache) {
        this.stores = stores;
        this.cache = cache;
        this.redactions = new Redactions(stores);
    }

    /// The whole state at a point, ordered by key.
    Uni<List<TimelineEvent>> at(RoomId room, StatePoint point) {
        return at(room, point, _ -> true);
    }

    /// The memberships of a state.
    Uni<List<TimelineEvent>> membersAt(RoomId room, StatePoint point) {
        return at(room, point, StateViews::isMember);
    }

    /// What of a state isn't memberships.
    Uni<List<TimelineEvent>> othersAt(RoomId room, StatePoint point) {
        return at(room, point, key -> !isMember(key));
    }

    private Uni<List<TimelineEvent>> at(
            RoomId room, StatePoint point, Predicate<StateKeyTuple> wanted) {
        return cache.state(room, point).chain(state -> of(room, inOrder(state, wanted)));
    }

    private static boolean isMember(StateKeyTuple key) {
        return key.type().equals("m.room.member");
    }

    /// These events, in the order given; ones that aren't here are left out.
    public Uni<List<TimelineEvent>> of(RoomId room, Collection<EventId> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : stores.rooms()
                        .events(room, ids)
                        .map(found -> found.values().stream().map(StoredEvent::pdu).toList())
                        .chain(pdus -> ofPdus(room, pdus));
    }

    public Uni<List<TimelineEvent>> ofPdus(RoomId room, List<Pdu> pdus) {
        return redactions
                .of(room, pdus)
                .map(applied -> pdus.stream().map(it -> view(it, applied)).toList());
    }

    private static TimelineEvent view(Pdu pdu, Redactions.Applied applied) {
        return new TimelineEvent(
                applied.show(pdu),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                applied.because(pdu),
                Optional.empty());
    }

    private static Collection<EventId> inOrder(StateMap state, Predicate<StateKeyTuple> wanted) {
        var ordered = new TreeMap<StateKeyTuple, EventId>();
        state.forEach(
                (key, id) -> {
                    if (wanted.test(key)) {
                        ordered.put(key, id);
                    }
                });
        return List.copyOf(ordered.values());
    }
}
