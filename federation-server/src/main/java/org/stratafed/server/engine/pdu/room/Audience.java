package org.stratafed.server.engine.pdu.room;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;

/// Who gets an event: every server with joined members in the room before it, and for a membership
/// the target's server, which may be in it no more.
final class Audience {

    private Audience() {}

    static SequencedSet<ServerName> of(
            RoomTransition transition, Pdu event, LocalServer server, ServerName origin) {
        var servers = new LinkedHashSet<>(transition.residents());
        if (event.type().equals("m.room.member")) {
            event.stateKey().flatMap(UserId::parse).map(UserId::server).ifPresent(servers::add);
        }
        servers.remove(server.name());
        servers.remove(origin);
        return servers;
    }
}
