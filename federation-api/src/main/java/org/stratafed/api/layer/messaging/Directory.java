package org.stratafed.api.layer.messaging;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.exchange.DirectoryAnswer;
import org.stratafed.api.model.exchange.PublicRooms;
import org.stratafed.api.model.exchange.PublicRoomsRequest;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;

/// Aliases of rooms, and the rooms that servers have published.
public interface Directory {

    /// Resolves an alias, one of another server by asking that server.
    Uni<DirectoryAnswer> resolve(RoomAlias alias);

    Uni<Void> add(RoomAlias alias, RoomId room, UserId creator);

    Uni<Void> remove(RoomAlias alias, UserId user);

    Uni<List<RoomAlias>> aliases(RoomId room, UserId user);

    /// A page of the rooms that a server has published; of this one, if none is named.
    Uni<PublicRooms> publicRooms(Optional<ServerName> server, PublicRoomsRequest request);

    /// Whether this server has published the room.
    Uni<Boolean> isPublished(RoomId room);

    /// Puts the room into this server's directory, or takes it out: for users who may say which
    /// aliases it goes by.
    Uni<Void> publish(RoomId room, UserId user, boolean isPublished);
}
