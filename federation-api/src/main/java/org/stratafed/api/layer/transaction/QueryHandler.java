package org.stratafed.api.layer.transaction;

import io.smallrye.mutiny.Uni;
import org.stratafed.api.model.exchange.DirectoryAnswer;
import org.stratafed.api.model.exchange.ProfileRequest;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;

/// Questions of another server that are not about a room, which the messaging layer answers. Fails
/// with a [org.stratafed.api.model.error.MatrixException] for an answer that is a Matrix error.
public interface QueryHandler {

    Uni<DirectoryAnswer> onDirectory(ServerName origin, RoomAlias alias);

    Uni<JsonObject> onProfile(ServerName origin, ProfileRequest request);
}
