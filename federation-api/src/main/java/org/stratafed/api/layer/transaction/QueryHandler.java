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

/// Questions of another server about users, aliases, and rooms as people see them, which the
/// messaging layer answers. Fails with a [org.stratafed.api.model.error.MatrixException] for an
/// answer that is a Matrix error.
public interface QueryHandler {

    Uni<DirectoryAnswer> onDirectory(ServerName origin, RoomAlias alias);

    Uni<JsonObject> onProfile(ServerName origin, ProfileRequest request);

    /// The rooms that this server has published.
    Uni<PublicRooms> onPublicRooms(ServerName origin, PublicRoomsRequest request);

    /// `M_NOT_FOUND` for a room that the asker may know nothing of.
    Uni<SpaceHierarchy> onHierarchy(ServerName origin, HierarchyRequest request);
}
