package org.stratafed.server.engine.pdu.answers;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
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

    /// Events that a question may start from. What is named beyond these is not looked at.
    static final int FROM_MAX = 50;

    /// Events that a question for missing ones may stop at. A room has as many tips, at times.
    static final int EARLIEST_MAX = 1_000;

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
                .chain(room -> visible(origin, new EventInRoom(room, event)))
                .map(
                        stored -> {
                            if (stored.status() == EventStatus.REJECTED) {
                                throw notFound(event);
                            }
                            return new RawPdu(stored.pdu().json());
                        });
    }

    /// The event, if the server may know of it.
    private Uni<StoredEvent> visible(ServerName origin, EventInRoom named) {
        return visibility
                .of(origin, named.room())
                .chain(
                        sight ->
                                rooms.events(named.room(), List.of(named.event()))
                                        .map(found -> known(found, named.event()))
                                        .call(event -> mustSee(sight, event)));
    }

    private static StoredEvent known(Map<EventId, StoredEvent> found, EventId event) {
        return Optional.ofNullable(found.get(event)).orElseThrow(() -> notFound(event));
    }

    private static Uni<Void> mustSee(ServerVisibility.Sight sight, StoredEvent event) {
        return sight.of(List.of(event))
                .invoke(
                        seen -> {
                            if (seen.isEmpty()) {
                                throw MatrixException.forbidden(
                                        event.pdu().id() + " is from after you left the room");
                            }
                        })
                .replaceWithVoid();
    }

    public Uni<StateIds> stateIds(ServerName origin, EventInRoom event) {
        return visible(origin, event).chain(() -> reader.stateIds(event.room(), event.event()));
    }

    public Uni<StateEvents> state(ServerName origin, EventInRoom event) {
        return visible(origin, event).chain(() -> reader.stateEvents(event.room(), event.event()));
    }

    public Uni<List<RawPdu>> eventAuth(ServerName origin, EventInRoom event) {
        var room = event.room();
        return visible(origin, event)
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
        request.from().stream().limit(FROM_MAX).forEach(walk.frontier::add);
        return visibility
                .of(origin, request.room())
                .chain(sight -> step(walk).chain(sight::of))
                .map(events -> events.stream().map(RoomAnswers::raw).toList());
    }

    /// The events between those that the asker has and those that it was sent.
    public Uni<List<RawPdu>> missingEvents(ServerName origin, MissingEventsRequest request) {
        int limit = Math.clamp(request.limit(), 0, MISSING_EVENTS_MAX);
        var latest = request.latest().stream().limit(FROM_MAX).toList();
        return visibility
                .of(origin, request.room())
                .chain(
                        sight ->
                                rooms.events(request.room(), latest)
                                        .chain(found -> step(between(request, limit, found)))
                                        .chain(sight::of))
                .map(
                        events ->
                                events.reversed().stream()
                                        .filter(it -> it.pdu().depth() >= request.minDepth())
                                        .map(RoomAnswers::raw)
                                        .toList());
    }

    private static Walk between(
            MissingEventsRequest request, int limit, Map<EventId, StoredEvent> latest) {
        var walk = new Walk(request.room(), limit, new LinkedHashSet<>());
        request.earliest().stream().limit(EARLIEST_MAX).forEach(walk.seen::add);
        walk.seen.addAll(latest.keySet());
        latest.values().forEach(event -> walk.frontier.addAll(event.pdu().prevEvents()));
        walk.frontier.removeAll(walk.seen);
        return walk;
    }

    private Uni<List<StoredEvent>> step(Walk walk) {
        if (walk.isOver()) {
            return Uni.createFrom().item(List.copyOf(walk.found.values()));
        }
        var layer = List.copyOf(walk.frontier);
        return rooms.events(walk.room, layer)
                .invoke(events -> walk.advance(layer, events))
                .chain(() -> step(walk));
    }

    private static RawPdu raw(StoredEvent event) {
        return new RawPdu(event.pdu().json());
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
        private final SequencedMap<EventId, StoredEvent> found = new LinkedHashMap<>();
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
                    found.put(id, event);
                }
                var previous = new ArrayList<>(event.pdu().prevEvents());
                previous.removeAll(seen);
                frontier.addAll(previous);
            }
        }
    }
}
