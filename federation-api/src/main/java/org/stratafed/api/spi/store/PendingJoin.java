package org.stratafed.api.spi.store;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.RoomVersion;

/// A join that is signed, and handed in or about to be.
///
/// @param version what the server says that lets us in, which in the oldest rooms is nothing
/// @param servers whom it is handed to, and then others that may know of the room
/// @param startedTs milliseconds since the epoch
public record PendingJoin(
        EventId event,
        RoomId room,
        UserId user,
        Optional<RoomVersion> version,
        List<ServerName> servers,
        RawPdu join,
        long startedTs) {

    public PendingJoin {
        servers = List.copyOf(servers);
    }
}
