package org.stratafed.server.engine.messaging.discovery;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.exchange.HierarchyRequest;
import org.stratafed.api.model.exchange.RoomSummary;
import org.stratafed.api.model.exchange.SpaceHierarchy;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.server.engine.messaging.call.InBatches;
import org.stratafed.server.engine.messaging.reading.StateCache;
import org.stratafed.server.engine.messaging.reading.StateViews;

/// What other servers are told of spaces that are held here: one level, and of that the rooms that
/// they could look into or come into.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#spaces">Spaces</a>
final class Spaces {

    /// Children of a space that are told; what comes after these in its order is left out.
    static final int CHILDREN_MAX = 100;

    private final KnownRooms rooms;
    private final ServerAccess access;
    private final StateCache states;
    private final StateViews views;

    Spaces(KnownRooms rooms, ServerAccess access, StateCache states, StateViews views) {
        this.rooms = rooms;
        this.access = access;
        this.states = states;
        this.views = views;
    }

    /// Fails with `M_NOT_FOUND` for a room that isn't known here, and for one that the server has
    /// no way into, which must not be told apart.
    Uni<SpaceHierarchy> hierarchy(ServerName origin, HierarchyRequest request) {
        return rooms.of(request.room())
                .map(found -> found.orElseThrow(() -> notFound(request.room())))
                .call(room -> mustBeAccessible(origin, room))
                .chain(room -> hierarchy(origin, room, request.suggestedOnly()));
    }

    private Uni<Void> mustBeAccessible(ServerName origin, KnownRoom room) {
        return access.mayKnow(origin, room)
                .invoke(
                        may -> {
                            if (!may) {
                                throw notFound(room.room());
                            }
                        })
                .replaceWithVoid();
    }

    private static MatrixException notFound(RoomId room) {
        return MatrixException.notFound("there is no room " + room + " to be looked into");
    }

    private Uni<SpaceHierarchy> hierarchy(
            ServerName origin, KnownRoom space, boolean suggestedOnly) {
        return children(space, suggestedOnly)
                .chain(
                        children ->
                                rooms.of(rooms(space, children))
                                        .chain(known -> sorted(origin, known))
                                        .map(sorted -> answer(space, children, sorted)));
    }

    /// The space's children, in order. A room of another kind has none.
    Uni<List<Pdu>> children(KnownRoom space, boolean suggestedOnly) {
        if (!space.isSpace()) {
            return Uni.createFrom().item(List.of());
        }
        return states.state(space.room(), space.current())
                .map(
                        state -> {
                            var ids = new ArrayList<EventId>();
                            state.forEach(
                                    (key, id) -> {
                                        if (key.type().equals(SpaceChildren.TYPE)) {
                                            ids.add(id);
                                        }
                                    });
                            return ids;
                        })
                .chain(ids -> views.of(space.room(), ids))
                .map(events -> events.stream().map(TimelineEvent::pdu).toList())
                .map(
                        events ->
                                SpaceChildren.of(events, suggestedOnly).stream()
                                        .limit(CHILDREN_MAX)
                                        .toList());
    }

    /// A space that says that it is in itself doesn't have to be told twice.
    private static LinkedHashSet<RoomId> rooms(KnownRoom space, List<Pdu> children) {
        var rooms = new LinkedHashSet<RoomId>();
        children.forEach(child -> SpaceChildren.room(child).ifPresent(rooms::add));
        rooms.remove(space.room());
        return rooms;
    }

    private record Sorted(List<RoomSummary> accessible, List<RoomId> inaccessible) {}

    private Uni<Sorted> sorted(ServerName origin, List<KnownRoom> known) {
        return InBatches.of(known, KnownRooms.AT_ONCE_MAX, room -> access.mayKnow(origin, room))
                .map(
                        may -> {
                            var sorted = new Sorted(new ArrayList<>(), new ArrayList<>());
                            for (int i = 0; i < may.size(); i++) {
                                if (may.get(i)) {
                                    sorted.accessible().add(known.get(i).summary());
                                } else {
                                    sorted.inaccessible().add(known.get(i).room());
                                }
                            }
                            return sorted;
                        });
    }

    private static SpaceHierarchy answer(KnownRoom space, List<Pdu> children, Sorted sorted) {
        return new SpaceHierarchy(
                space.summary(),
                children.stream().map(SpaceChildren::stripped).toList(),
                sorted.accessible(),
                sorted.inaccessible());
    }
}
