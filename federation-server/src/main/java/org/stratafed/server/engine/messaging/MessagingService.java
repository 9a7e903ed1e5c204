package org.stratafed.server.engine.messaging;

import io.smallrye.mutiny.Uni;
import java.util.SequencedSet;
import org.stratafed.api.layer.messaging.Directory;
import org.stratafed.api.layer.messaging.Memberships;
import org.stratafed.api.layer.messaging.MessagingHandler;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.layer.messaging.Profiles;
import org.stratafed.api.layer.messaging.Rooms;
import org.stratafed.api.layer.messaging.Timeline;
import org.stratafed.api.layer.pdu.PduHandler;
import org.stratafed.api.layer.pdu.PduLayer;
import org.stratafed.api.layer.transaction.QueryHandler;
import org.stratafed.api.layer.transaction.RemoteQueries;
import org.stratafed.api.model.exchange.DirectoryAnswer;
import org.stratafed.api.model.exchange.HierarchyRequest;
import org.stratafed.api.model.exchange.ProfileRequest;
import org.stratafed.api.model.exchange.PublicRooms;
import org.stratafed.api.model.exchange.PublicRoomsRequest;
import org.stratafed.api.model.exchange.SpaceHierarchy;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.messaging.discovery.Discovery;
import org.stratafed.server.engine.messaging.membership.Inviting;
import org.stratafed.server.engine.messaging.membership.LocalMemberships;
import org.stratafed.server.engine.messaging.reading.EventContexts;
import org.stratafed.server.engine.messaging.reading.EventViews;
import org.stratafed.server.engine.messaging.reading.History;
import org.stratafed.server.engine.messaging.reading.RoomAccess;
import org.stratafed.server.engine.messaging.reading.RoomStates;
import org.stratafed.server.engine.messaging.reading.SenderMembers;
import org.stratafed.server.engine.messaging.reading.StateCache;
import org.stratafed.server.engine.messaging.reading.StateViews;
import org.stratafed.server.engine.messaging.sync.Following;

/// The messaging layer of one homeserver: its users, and the rooms as they see them.
public final class MessagingService implements MessagingLayer, PduHandler, QueryHandler {

    private final MessagingHandler above;
    private final LocalDirectory directory;
    private final LocalProfiles profiles;
    private final LocalRooms rooms;
    private final LocalMemberships memberships;
    private final LocalTimeline timeline;
    private final Following following;
    private final ServerAnswers answers;

    public MessagingService(
            HomeserverEnvironment environment,
            MessagingSettings settings,
            PduLayer pdu,
            RemoteQueries queries,
            MessagingHandler above) {
        this.above = above;
        var local = settings.local();
        var stores = environment.stores();
        var access = new RoomAccess(stores);
        var cache = new StateCache(stores.rooms());
        var states = new StateViews(stores, cache);
        var discovery = new Discovery(environment, local, cache, states);
        directory = new LocalDirectory(local, stores, pdu, queries, access, discovery);
        profiles = new LocalProfiles(local, stores, pdu, queries);
        memberships = new LocalMemberships(local, stores, pdu, profiles, directory, access);
        var aliases = new CanonicalAliases(directory, access);
        var inviting = new Inviting(local, pdu, profiles);
        var opening = new RoomOpening(environment, settings, pdu, profiles, aliases, inviting);
        rooms = new LocalRooms(pdu, opening, aliases);
        answers = new ServerAnswers(local, directory, profiles, discovery);
        var events = new EventViews(stores);
        var senders = new SenderMembers(stores.timeline(), states);
        following = new Following(environment, local, events, states, cache);
        timeline =
                new LocalTimeline(
                        stores.timeline(),
                        following,
                        new History(stores.timeline(), pdu, access, events, senders),
                        new EventContexts(stores, access, events, states, senders),
                        new RoomStates(stores.timeline(), access, states));
    }

    @Override
    public Rooms rooms() {
        return rooms;
    }

    @Override
    public Memberships memberships() {
        return memberships;
    }

    @Override
    public Timeline timeline() {
        return timeline;
    }

    @Override
    public Directory directory() {
        return directory;
    }

    @Override
    public Profiles profiles() {
        return profiles;
    }

    @Override
    public void onTimeline(long position) {
        following.onTimeline(position);
        above.onTimeline(position);
    }

    @Override
    public void onMembership(SequencedSet<UserId> users, long position) {
        following.onMembership(users);
        above.onTimeline(position);
    }

    @Override
    public Uni<DirectoryAnswer> onDirectory(ServerName origin, RoomAlias alias) {
        return answers.onDirectory(origin, alias);
    }

    @Override
    public Uni<JsonObject> onProfile(ServerName origin, ProfileRequest request) {
        return answers.onProfile(origin, request);
    }

    @Override
    public Uni<PublicRooms> onPublicRooms(ServerName origin, PublicRoomsRequest request) {
        return answers.onPublicRooms(origin, request);
    }

    @Override
    public Uni<SpaceHierarchy> onHierarchy(ServerName origin, HierarchyRequest request) {
        return answers.onHierarchy(origin, request);
    }
}
