package org.stratafed.server.engine.messaging;

import io.smallrye.mutiny.Uni;
import org.stratafed.api.layer.transaction.QueryHandler;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.exchange.DirectoryAnswer;
import org.stratafed.api.model.exchange.HierarchyRequest;
import org.stratafed.api.model.exchange.ProfileRequest;
import org.stratafed.api.model.exchange.PublicRooms;
import org.stratafed.api.model.exchange.PublicRoomsRequest;
import org.stratafed.api.model.exchange.SpaceHierarchy;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.engine.messaging.call.Eager;
import org.stratafed.server.engine.messaging.discovery.Discovery;

/// What other servers are told of the users and aliases of this one, and of no others, and of the
/// rooms that they may know of.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#querying-for-information">
///     Querying for information</a>
final class ServerAnswers implements QueryHandler {

    private final ServerName local;
    private final LocalDirectory directory;
    private final LocalProfiles profiles;
    private final Discovery discovery;

    ServerAnswers(
            ServerName local,
            LocalDirectory directory,
            LocalProfiles profiles,
            Discovery discovery) {
        this.local = local;
        this.directory = directory;
        this.profiles = profiles;
        this.discovery = discovery;
    }

    @Override
    public Uni<DirectoryAnswer> onDirectory(ServerName origin, RoomAlias alias) {
        return Eager.call(
                () -> {
                    if (!alias.server().equals(local)) {
                        throw MatrixException.notFound(alias + " is not of this server");
                    }
                    return directory.ofOurs(alias);
                });
    }

    @Override
    public Uni<JsonObject> onProfile(ServerName origin, ProfileRequest request) {
        return Eager.call(
                () ->
                        profiles.ofOurs(request.user())
                                .map(
                                        profile ->
                                                request.field()
                                                        .map(field -> only(profile, field))
                                                        .orElse(profile)));
    }

    @Override
    public Uni<PublicRooms> onPublicRooms(ServerName origin, PublicRoomsRequest request) {
        return Eager.call(() -> discovery.publishedForServers(request));
    }

    @Override
    public Uni<SpaceHierarchy> onHierarchy(ServerName origin, HierarchyRequest request) {
        return Eager.call(() -> discovery.hierarchy(origin, request));
    }

    private static JsonObject only(JsonObject profile, String field) {
        return profile.get(field)
                .map(value -> JsonObject.builder().put(field, value).build())
                .orElseThrow(() -> MatrixException.notFound("no " + field + " in the profile"));
    }
}
