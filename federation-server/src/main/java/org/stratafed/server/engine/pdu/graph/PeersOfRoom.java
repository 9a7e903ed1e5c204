package org.stratafed.server.engine.pdu.graph;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.TimelineStore;

/// Which servers to ask about a room, in order.
final class PeersOfRoom {

    static final int ASKED_MAX = 5;

    private final ServerName local;
    private final TimelineStore timeline;

    PeersOfRoom(ServerName local, TimelineStore timeline) {
        this.local = local;
        this.timeline = timeline;
    }

    ServerName local() {
        return local;
    }

    /// These first, then others that are in the room; never ourselves.
    Uni<List<ServerName>> inOrder(RoomId room, Collection<ServerName> first) {
        return timeline.residentServers(room)
                .map(
                        residents -> {
                            var servers = new LinkedHashSet<>(first);
                            servers.addAll(residents);
                            servers.remove(local);
                            return servers.stream().limit(ASKED_MAX).toList();
                        });
    }
}
