package org.stratafed.api.layer.messaging;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.stratafed.api.model.exchange.DirectoryAnswer;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;

/// Aliases of rooms.
public interface Directory {

    /// Resolves an alias, one of another server by asking that server.
    Uni<DirectoryAnswer> resolve(RoomAlias alias);

    Uni<Void> add(RoomAlias alias, RoomId room, UserId creator);

    Uni<Void> remove(RoomAlias alias, UserId user);

    Uni<List<RoomAlias>> aliases(RoomId room, UserId user);
}
