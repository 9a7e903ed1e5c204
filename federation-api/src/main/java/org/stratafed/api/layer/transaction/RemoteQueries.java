package org.stratafed.api.layer.transaction;

import io.smallrye.mutiny.Uni;
import org.stratafed.api.model.exchange.DirectoryAnswer;
import org.stratafed.api.model.exchange.HierarchyRequest;
import org.stratafed.api.model.exchange.ProfileRequest;
import org.stratafed.api.model.exchange.PublicRooms;
import org.stratafed.api.model.exchange.PublicRoomsRequest;
import org.stratafed.api.model.exchange.SpaceHierarchy;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;

/// What can be asked of another server about users, aliases, and rooms as people see them. Fails
/// with a
/// [org.stratafed.api.model.error.RemoteFailure] only.
public interface RemoteQueries {

    Uni<DirectoryAnswer> directory(ServerName server, RoomAlias alias);

    Uni<JsonObject> profile(ServerName server, ProfileRequest request);

    /// A page of the rooms that the server has published.
    Uni<PublicRooms> publicRooms(ServerName server, PublicRoomsRequest request);

    /// A space and the rooms in it, as far as the server tells us of them.
    Uni<SpaceHierarchy> hierarchy(ServerName server, HierarchyRequest request);
}
