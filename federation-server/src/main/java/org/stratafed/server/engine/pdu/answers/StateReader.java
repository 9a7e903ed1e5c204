package org.stratafed.server.engine.pdu.answers;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.StateEvents;
import org.stratafed.api.model.exchange.StateIds;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.RoomState;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.api.spi.store.StoredEvent;

/// Reads states of rooms as others ask for them, beside the rooms' lanes.
public final class StateReader {

    private final RoomStore rooms;

    public StateReader(RoomStore rooms) {
        this.rooms = rooms;
    }

    /// The state before an event and the auth chain of all of it. Fails with `M_NOT_FOUND` when
    /// the event, or the state before it, is not known.
    public Uni<StateIds> stateIds(RoomId room, EventId event) {
        return stateMapBefore(room, event)
                .chain(
                        state -> {
                            var ids = ids(state);
                            return authChain(room, ids).map(chain -> new StateIds(ids, chain));
                        });
    }

    /// The same, with the events themselves.
    public Uni<StateEvents> stateEvents(RoomId room, EventId event) {
        return stateIds(room, event)
                .chain(
                        ids -> {
                            var all = new LinkedHashSet<>(ids.state());
                            all.addAll(ids.authChain());
                            return rooms.events(room, all)
                                    .map(
                                            events ->
                                                    new StateEvents(
                                                            raw(events, ids.state()),
                                                            raw(events, ids.authChain())));
                        });
    }

    /// The auth chain of these events, they themselves left out.
    public Uni<List<EventId>> authChain(RoomId room, List<EventId> events) {
        return rooms.authChains(room, events)
                .map(
                        edges -> {
                            var chain = new LinkedHashSet<EventId>();
                            edges.values().forEach(chain::addAll);
                            chain.retainAll(edges.keySet());
                            return List.copyOf(chain);
                        });
    }

    /// A state with its events.
    public Uni<RoomState> roomState(RoomId room, RoomVersion version, StatePoint point) {
        return rooms.state(room, point)
                .chain(
                        state ->
                                rooms.events(room, ids(state))
                                        .map(events -> roomState(room, version, state, events)));
    }

    private static RoomState roomState(
            RoomId room, RoomVersion version, StateMap state, Map<EventId, StoredEvent> events) {
        var byKey = new TreeMap<StateKeyTuple, Pdu>();
        state.forEach((key, id) -> byKey.put(key, events.get(id).pdu()));
        return new RoomState(room, version, new LinkedHashMap<>(byKey));
    }

    private Uni<StateMap> stateMapBefore(RoomId room, EventId event) {
        return pointBefore(room, event).chain(point -> rooms.state(room, point));
    }

    /// Fails with `M_NOT_FOUND` when the event, or the state before it, is not known.
    Uni<StatePoint> pointBefore(RoomId room, EventId event) {
        return rooms.events(room, List.of(event))
                .map(
                        found ->
                                Optional.ofNullable(found.get(event))
                                        .flatMap(StoredEvent::before)
                                        .orElseThrow(
                                                () ->
                                                        MatrixException.notFound(
                                                                "the state before "
                                                                        + event
                                                                        + " is not known")));
    }

    private static List<EventId> ids(StateMap state) {
        var ids = new ArrayList<EventId>(state.size());
        state.forEach((_, id) -> ids.add(id));
        return ids;
    }

    static List<RawPdu> raw(Map<EventId, StoredEvent> events, List<EventId> ids) {
        return ids.stream()
                .map(events::get)
                .filter(event -> event != null)
                .map(event -> new RawPdu(event.pdu().json()))
                .toList();
    }
}
