package org.stratafed.server.engine.pdu.answers;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.exchange.StateEvents;
import org.stratafed.api.model.exchange.StateIds;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.api.spi.store.StoredEvent;

/// What other servers are told of a room's events and states, as far as they may know them.
public final class RoomAnswers {

    static final int BACKFILL_MAX = 100;
    static final int MISSING_EVENTS_MAX = 100;

    /// How many events a walk through the graph looks at for each that it answers with.
    static final int WALK_FACTOR_MAX = 10;

    private final RoomStore rooms;
    private final StateReader reader;
    private final ServerVisibility visibility;

    public RoomAnswers(RoomStore rooms, StateReader reader, ServerVisibility visibility) {
        this.rooms = rooms;
        this.reader = reader;
        this.visibility = visibility;
    }

    public Uni<RawPdu> event(ServerName origin, EventId event) {
        return rooms.roomOf(event)
                .map(room -> room.orElseThrow(() -> notFound(event)))
                .call(room -> visibility.require(origin, room))
                .chain(room -> rooms.events(room, List.of(event)))
                .map(
                        found -> {
                            var stored = found.get(event);
                            if (stored == null || stored.status() == EventStatus.REJECTED) {
                                throw notFound(event);
                            }
                            return new RawPdu(stored.pdu().json());
                        });
    }

    public Uni<StateIds> stateIds(ServerName origin, EventInRoom event) {
        return visibility
                .require(origin, event.room())
                .chain(() -> reader.stateIds(event.room(), event.event()));
    }

    public Uni<StateEvents> state(ServerName origin, EventInRoom event) {
        return visibility
                .require(origin, event.room())
                .chain(() -> reader.stateEvents(event.room(), event.event()));
    }

    public Uni<List<RawPdu>> eventAuth(ServerName origin, EventInRoom event) {
        var room = event.room();
        return visibility
                .require(origin, room)
                .chain(() -> rooms.events(room, List.of(event.event())))
                .invoke(
                        found -> {
                            if (found.isEmpty()) {
                                throw notFound(event.event());
                            }
                        })
                .chain(() -> reader.authChain(room, List.of(event.event())))
                .chain(
                        chain ->
                                rooms.events(room, chain)
                                        .map(events -> StateReader.raw(events, chain)));
    }

    /// The events asked for and their predecessors, breadth first.
    public Uni<List<RawPdu>> backfill(ServerName origin, BackfillRequest request) {
        int limit = Math.clamp(request.limit(), 0, BACKFILL_MAX);
        var walk = new Walk(request.room(), limit, new LinkedHashSet<>());
        request.from().forEach(walk.frontier::add);
        return visibility
                .require(origin, request.room())
                .chain(() -> step(walk))
                .map(events -> events.stream().map(event -> new RawPdu(event.json())).toList());
    }

    /// The events between those that the asker has and those that it was sent.
    public Uni<List<RawPdu>> missingEvents(ServerName origin, MissingEventsRequest request) {
        int limit = Math.clamp(request.limit(), 0, MISSING_EVENTS_MAX);
        return visibility
                .require(origin, request.room())
                .chain(() -> rooms.events(request.room(), request.latest()))
                .chain(latest -> step(between(request, limit, latest)))
                .map(
                        events ->
                                events.reversed().stream()
                                        .filter(event -> event.depth() >= request.minDepth())
                                        .map(event -> new RawPdu(event.json()))
                                        .toList());
    }

    private static Walk between(
            MissingEventsRequest request, int limit, Map<EventId, StoredEvent> latest) {
        var walk = new Walk(request.room(), limit, new LinkedHashSet<>(request.earliest()));
        walk.seen.addAll(request.latest());
        latest.values().forEach(event -> walk.frontier.addAll(event.pdu().prevEvents()));
        walk.frontier.removeAll(walk.seen);
        return walk;
    }

    private Uni<List<Pdu>> step(Walk walk) {
        if (walk.isOver()) {
            return Uni.createFrom().item(List.copyOf(walk.found.values()));
        }
        var layer = List.copyOf(walk.frontier);
        return rooms.events(walk.room, layer)
                .invoke(events -> walk.advance(layer, events))
                .chain(() -> step(walk));
    }

    private static MatrixException notFound(EventId event) {
        return MatrixException.notFound("event " + event + " is not known");
    }

    /// A walk back through the graph, a layer at a time.
    private static final class Walk {

        private final RoomId room;
        private final int limit;
        private final SequencedSet<EventId> seen;
        private final SequencedSet<EventId> frontier = new LinkedHashSet<>();
        private final SequencedMap<EventId, Pdu> found = new LinkedHashMap<>();
        private int looked;

        private Walk(RoomId room, int limit, SequencedSet<EventId> seen) {
            this.room = room;
            this.limit = limit;
            this.seen = seen;
        }

        private boolean isOver() {
            return frontier.isEmpty() || found.size() >= limit || looked > limit * WALK_FACTOR_MAX;
        }

        private void advance(List<EventId> layer, Map<EventId, StoredEvent> events) {
            frontier.clear();
            for (var id : layer) {
                seen.add(id);
                looked++;
                var event = events.get(id);
                if (event == null || event.kind() == EventKind.OUTLIER) {
                    continue;
                }
                if (event.status() == EventStatus.ACCEPTED && found.size() < limit) {
                    found.put(id, event.pdu());
                }
                var previous = new ArrayList<>(event.pdu().prevEvents());
                previous.removeAll(seen);
                frontier.addAll(previous);
            }
        }
    }
}
