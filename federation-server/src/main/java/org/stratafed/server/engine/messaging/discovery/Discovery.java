package org.stratafed.server.engine.messaging.discovery;

import io.smallrye.mutiny.Uni;
import org.stratafed.api.model.exchange.HierarchyRequest;
import org.stratafed.api.model.exchange.PublicRooms;
import org.stratafed.api.model.exchange.PublicRoomsRequest;
import org.stratafed.api.model.exchange.SpaceHierarchy;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.messaging.reading.StateCache;
import org.stratafed.server.engine.messaging.reading.StateViews;

/// Finding rooms: in this server's directory and by way of spaces.
public final class Discovery {

    private final PublishedRooms published;
    private final Spaces spaces;

    public Discovery(
            HomeserverEnvironment environment,
            ServerName local,
            StateCache states,
            StateViews views) {
        var stores = environment.stores();
        var rooms = new KnownRooms(local, stores, views);
        published = new PublishedRooms(stores.directory(), rooms, environment.compute());
        spaces = new Spaces(rooms, new ServerAccess(stores, states), states, views);
    }

    /// A page of the directory, for users of this server.
    public Uni<PublicRooms> published(PublicRoomsRequest request) {
        return published.page(request, _ -> true);
    }

    /// A page of the directory, for another server: without rooms that its users can't be in.
    public Uni<PublicRooms> publishedForServers(PublicRoomsRequest request) {
        return published.page(request, KnownRoom::isFederated);
    }

    /// A space and what the server may know of the rooms in it.
    public Uni<SpaceHierarchy> hierarchy(ServerName origin, HierarchyRequest request) {
        return spaces.hierarchy(origin, request);
    }
}
