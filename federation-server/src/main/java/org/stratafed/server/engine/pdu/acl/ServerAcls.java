package org.stratafed.server.engine.pdu.acl;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.Stores;

/// Whether rooms have to do with a server, by their current state.
///
/// The list is read when the room's state has moved, parsed when it is another one, and asked once
/// for each server.
public final class ServerAcls {

    static final int ROOMS_MAX = 1_000;
    static final int SERVERS_PER_ROOM_MAX = 1_000;

    private final Stores stores;
    private final Map<RoomId, Known> known = new LinkedHashMap<>(16, 0.75f, true);

    public ServerAcls(Stores stores) {
        this.stores = stores;
    }

    /// Fails with `M_FORBIDDEN` for a server that the room denies. Of a room that is not held here
    /// nothing is known, so that everybody passes.
    public Uni<Void> mustAllow(ServerName server, RoomId room) {
        return stores.rooms()
                .snapshot(room)
                .chain(
                        tip ->
                                tip.isEmpty()
                                        ? Uni.createFrom().item(true)
                                        : allows(server, tip.get()))
                .invoke(
                        allowed -> {
                            if (!allowed) {
                                throw MatrixException.forbidden(denial(server, room));
                            }
                        })
                .replaceWithVoid();
    }

    /// What a server is told that is denied.
    public static String denial(ServerName server, RoomId room) {
        return "the server ACL of room " + room + " denies " + server;
    }

    /// Those of the servers that the room allows, without such as are only an address. Of a room
    /// that is not held here nothing is known.
    public Uni<SequencedSet<ServerName>> named(RoomId room, SequencedSet<ServerName> servers) {
        return stores.rooms()
                .snapshot(room)
                .chain(
                        tip ->
                                tip.isEmpty()
                                        ? Uni.createFrom().item(new LinkedHashSet<ServerName>())
                                        : known(tip.get()).map(known -> named(known, servers)));
    }

    private static SequencedSet<ServerName> named(Known known, SequencedSet<ServerName> servers) {
        var named = new LinkedHashSet<ServerName>();
        servers.stream()
                .filter(server -> !server.isIpLiteral() && known.allows(server))
                .forEach(named::add);
        return named;
    }

    /// Whether the room, as of this tip, allows the server.
    public Uni<Boolean> allows(ServerName server, RoomSnapshot tip) {
        return known(tip).map(it -> it.allows(server));
    }

    private Uni<Known> known(RoomSnapshot tip) {
        var remembered = known.get(tip.room());
        return remembered != null && remembered.point.equals(tip.current())
                ? Uni.createFrom().item(remembered)
                : read(tip).map(list -> remember(tip, list));
    }

    private Uni<Optional<Pdu>> read(RoomSnapshot tip) {
        SequencedSet<StateKeyTuple> keys = new LinkedHashSet<>(List.of(ServerAcl.KEY));
        var wanted = new LinkedHashMap<StatePoint, SequencedSet<StateKeyTuple>>();
        wanted.put(tip.current(), keys);
        return stores.timeline()
                .stateEvents(tip.room(), wanted)
                .map(states -> Optional.ofNullable(states.get(tip.current()).get(ServerAcl.KEY)));
    }

    private Known remember(RoomSnapshot tip, Optional<Pdu> list) {
        var before = known.get(tip.room());
        var event = list.map(Pdu::id);
        if (before != null && before.event.equals(event)) {
            before.point = tip.current();
            return before;
        }
        var now = new Known(event, list.map(Pdu::content).map(ServerAcl::of), tip.current());
        known.put(tip.room(), now);
        if (known.size() > ROOMS_MAX) {
            known.remove(known.keySet().iterator().next());
        }
        return now;
    }

    /// One room's list, and what it said of those who asked.
    private static final class Known {

        private final Optional<EventId> event;
        private final Optional<ServerAcl> list;
        private final Map<ServerName, Boolean> verdicts = new LinkedHashMap<>();
        private StatePoint point;

        private Known(Optional<EventId> event, Optional<ServerAcl> list, StatePoint point) {
            this.event = event;
            this.list = list;
            this.point = point;
        }

        private boolean allows(ServerName server) {
            if (list.isEmpty()) {
                return true;
            }
            if (verdicts.size() >= SERVERS_PER_ROOM_MAX) {
                verdicts.clear();
            }
            return verdicts.computeIfAbsent(server, list.get()::allows);
        }
    }
}
