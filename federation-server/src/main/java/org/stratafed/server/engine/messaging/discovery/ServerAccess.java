package org.stratafed.server.engine.messaging.discovery;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.server.engine.messaging.reading.StateCache;

/// Whether a server may be told of a room: if one of its users could look into it or come into it.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#spaces">Spaces</a>
final class ServerAccess {

    /// Rooms whose members may join, of which it is looked whether the server is in them.
    static final int ALLOWED_ROOMS_MAX = 100;

    /// Of a server that isn't in the room, users that are looked at whether they are invited.
    static final int USERS_MAX = 100;

    private final Stores stores;
    private final StateCache states;

    ServerAccess(Stores stores, StateCache states) {
        this.stores = stores;
        this.states = states;
    }

    Uni<Boolean> mayKnow(ServerName server, KnownRoom room) {
        if (room.isWorldReadable() || room.isFederated() && room.isOpen()) {
            return Uni.createFrom().item(true);
        }
        var rooms = new ArrayList<RoomId>();
        rooms.add(room.room());
        room.allowedRooms().stream().limit(ALLOWED_ROOMS_MAX).forEach(rooms::add);
        return isInAny(server, rooms.iterator())
                .chain(is -> is ? Uni.createFrom().item(true) : isInvited(server, room));
    }

    private Uni<Boolean> isInAny(ServerName server, Iterator<RoomId> rooms) {
        if (!rooms.hasNext()) {
            return Uni.createFrom().item(false);
        }
        return stores.timeline()
                .localMembers(rooms.next(), server)
                .chain(
                        members ->
                                members.isEmpty()
                                        ? isInAny(server, rooms)
                                        : Uni.createFrom().item(true));
    }

    private Uni<Boolean> isInvited(ServerName server, KnownRoom room) {
        return states.state(room.room(), room.current())
                .map(state -> members(server, state))
                .chain(ids -> stores.rooms().events(room.room(), ids))
                .map(
                        members ->
                                members.values().stream()
                                        .flatMap(
                                                it ->
                                                        it
                                                                .pdu()
                                                                .content()
                                                                .string("membership")
                                                                .stream())
                                        .anyMatch("invite"::equals));
    }

    private static List<EventId> members(ServerName server, StateMap state) {
        var members = new ArrayList<EventId>();
        state.forEach(
                (key, id) -> {
                    if (members.size() < USERS_MAX && isMember(key, server)) {
                        members.add(id);
                    }
                });
        return members;
    }

    private static boolean isMember(StateKeyTuple key, ServerName server) {
        return key.type().equals("m.room.member")
                && UserId.parse(key.stateKey())
                        .filter(user -> user.server().equals(server))
                        .isPresent();
    }
}
