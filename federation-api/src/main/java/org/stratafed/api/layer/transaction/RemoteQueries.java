package org.stratafed.api.layer.transaction;

import io.smallrye.mutiny.Uni;
import org.stratafed.api.model.exchange.DirectoryAnswer;
import org.stratafed.api.model.exchange.ProfileRequest;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;

/// What can be asked of another server that is not about a room. Fails with a
/// [org.stratafed.api.model.error.RemoteFailure] only.
public interface RemoteQueries {

    Uni<DirectoryAnswer> directory(ServerName server, RoomAlias alias);

    Uni<JsonObject> profile(ServerName server, ProfileRequest request);
}
