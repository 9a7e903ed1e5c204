package org.stratafed.server.engine.transaction.query;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transaction.RemoteQueries;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.layer.transaction.RoomStream;
import org.stratafed.api.layer.transport.AnswerStream;
import org.stratafed.api.layer.transport.TransportLayer;
import org.stratafed.api.layer.transport.endpoint.Backfill;
import org.stratafed.api.layer.transport.endpoint.ExchangeThirdPartyInvite;
import org.stratafed.api.layer.transport.endpoint.GetEvent;
import org.stratafed.api.layer.transport.endpoint.GetEventAuth;
import org.stratafed.api.layer.transport.endpoint.GetMissingEvents;
import org.stratafed.api.layer.transport.endpoint.GetState;
import org.stratafed.api.layer.transport.endpoint.GetStateIds;
import org.stratafed.api.layer.transport.endpoint.Hierarchy;
import org.stratafed.api.layer.transport.endpoint.Invite;
import org.stratafed.api.layer.transport.endpoint.MakeJoin;
import org.stratafed.api.layer.transport.endpoint.MakeKnock;
import org.stratafed.api.layer.transport.endpoint.MakeLeave;
import org.stratafed.api.layer.transport.endpoint.PolicySign;
import org.stratafed.api.layer.transport.endpoint.PublicRoomsList;
import org.stratafed.api.layer.transport.endpoint.QueryDirectory;
import org.stratafed.api.layer.transport.endpoint.QueryProfile;
import org.stratafed.api.layer.transport.endpoint.SendJoin;
import org.stratafed.api.layer.transport.endpoint.SendKnock;
import org.stratafed.api.layer.transport.endpoint.SendLeave;
import org.stratafed.api.layer.transport.endpoint.TimestampToEvent;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.exchange.DirectoryAnswer;
import org.stratafed.api.model.exchange.EventAtTime;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.exchange.EventsAnswer;
import org.stratafed.api.model.exchange.HierarchyRequest;
import org.stratafed.api.model.exchange.InvitationRedeemed;
import org.stratafed.api.model.exchange.InviteRequest;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.exchange.ProfileRequest;
import org.stratafed.api.model.exchange.PublicRooms;
import org.stratafed.api.model.exchange.PublicRoomsRequest;
import org.stratafed.api.model.exchange.SendJoinPart;
import org.stratafed.api.model.exchange.SendJoinRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.exchange.SpaceHierarchy;
import org.stratafed.api.model.exchange.StateEvents;
import org.stratafed.api.model.exchange.StateIds;
import org.stratafed.api.model.exchange.TimestampRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;

/// The questions that can be asked of other servers: each is one request to one endpoint.
public final class QueryClient implements RemoteRooms, RemoteQueries {

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;

    /// The versions that an invite needn't name.
    private static final List<RoomVersion> NAMELESS =
            List.of(RoomVersion.WHEN_UNNAMED, new RoomVersion("2"));

    private final TransportLayer transport;

    public QueryClient(TransportLayer transport) {
        this.transport = transport;
    }

    @Override
    public Uni<Optional<RawPdu>> event(ServerName server, EventId event) {
        return transport
                .ask(server, GetEvent.ENDPOINT, event)
                .map(answer -> answer.pdus().stream().findFirst())
                .onFailure(QueryClient::isNotFound)
                .recoverWithItem(Optional.empty());
    }

    @Override
    public Uni<StateIds> stateIds(ServerName server, EventInRoom event) {
        return transport.ask(server, GetStateIds.ENDPOINT, event);
    }

    @Override
    public Uni<StateEvents> state(ServerName server, EventInRoom event) {
        return transport.ask(server, GetState.ENDPOINT, event);
    }

    @Override
    public Uni<List<RawPdu>> eventAuth(ServerName server, EventInRoom event) {
        return transport.ask(server, GetEventAuth.ENDPOINT, event);
    }

    @Override
    public Uni<List<RawPdu>> backfill(ServerName server, BackfillRequest request) {
        return transport.ask(server, Backfill.ENDPOINT, request).map(EventsAnswer::pdus);
    }

    @Override
    public Uni<List<RawPdu>> missingEvents(ServerName server, MissingEventsRequest request) {
        return transport.ask(server, GetMissingEvents.ENDPOINT, request);
    }

    @Override
    public Uni<Optional<EventAtTime>> timestampToEvent(
            ServerName server, TimestampRequest request) {
        return transport
                .ask(server, TimestampToEvent.ENDPOINT, request)
                .map(Optional::of)
                .onFailure(QueryClient::isNotFound)
                .recoverWithItem(Optional.empty());
    }

    @Override
    public Uni<MembershipTemplate> makeJoin(ServerName server, MembershipRequest request) {
        return transport.ask(server, MakeJoin.ENDPOINT, request);
    }

    @Override
    public Uni<RoomStream> sendJoin(ServerName server, SignedMembership join) {
        return transport
                .open(server, SendJoin.STREAMED, SendJoinRequest.whole(join))
                .map(StreamedRoom::new);
    }

    private record StreamedRoom(AnswerStream<SendJoinPart> parts) implements RoomStream {

        @Override
        public Uni<Optional<List<SendJoinPart>>> next() {
            return parts.next();
        }

        @Override
        public long bytes() {
            return parts.bytes();
        }

        @Override
        public void discard() {
            parts.discard();
        }
    }

    @Override
    public Uni<MembershipTemplate> makeKnock(ServerName server, MembershipRequest request) {
        return transport.ask(server, MakeKnock.ENDPOINT, request);
    }

    @Override
    public Uni<List<JsonObject>> sendKnock(ServerName server, SignedMembership knock) {
        return transport.ask(server, SendKnock.ENDPOINT, knock);
    }

    @Override
    public Uni<MembershipTemplate> makeLeave(ServerName server, MembershipRequest request) {
        return transport.ask(server, MakeLeave.ENDPOINT, request);
    }

    @Override
    public Uni<Void> sendLeave(ServerName server, SignedMembership leave) {
        return transport.ask(server, SendLeave.ENDPOINT, leave).replaceWithVoid();
    }

    @Override
    public Uni<Void> exchangeThirdPartyInvite(ServerName server, InvitationRedeemed redeemed) {
        return transport.ask(server, ExchangeThirdPartyInvite.ENDPOINT, redeemed).replaceWithVoid();
    }

    @Override
    public Uni<RawPdu> invite(ServerName server, InviteRequest request) {
        var invited = transport.ask(server, Invite.ENDPOINT, request);
        return NAMELESS.contains(request.version())
                ? invited.onFailure(QueryClient::isNotThere)
                        .recoverWithUni(() -> transport.ask(server, Invite.V1, request))
                : invited;
    }

    @Override
    public Uni<JsonObject> sign(ServerName policyServer, RawPdu event) {
        return transport.ask(policyServer, PolicySign.ENDPOINT, event);
    }

    @Override
    public Uni<DirectoryAnswer> directory(ServerName server, RoomAlias alias) {
        return transport.ask(server, QueryDirectory.ENDPOINT, alias);
    }

    @Override
    public Uni<JsonObject> profile(ServerName server, ProfileRequest request) {
        return transport.ask(server, QueryProfile.ENDPOINT, request);
    }

    @Override
    public Uni<PublicRooms> publicRooms(ServerName server, PublicRoomsRequest request) {
        return transport.ask(
                server,
                request.filter().equals(PublicRoomsRequest.Filter.NONE)
                        ? PublicRoomsList.ENDPOINT
                        : PublicRoomsList.FILTERED,
                request);
    }

    @Override
    public Uni<SpaceHierarchy> hierarchy(ServerName server, HierarchyRequest request) {
        return transport.ask(server, Hierarchy.ENDPOINT, request);
    }

    /// The server hasn't the endpoint, or not in this form: then it says so by one of these.
    private static boolean isNotThere(Throwable failure) {
        return failure instanceof RemoteFailure.Refused refused
                && (refused.is(MatrixErrorCode.UNRECOGNIZED)
                        || refused.errcode().isEmpty()
                                && (refused.status() == NOT_FOUND
                                        || refused.status() == METHOD_NOT_ALLOWED
                                        || refused.status() == BAD_REQUEST));
    }

    /// The code counts more than the status, unless it is one that says nothing.
    private static boolean isNotFound(Throwable failure) {
        return failure instanceof RemoteFailure.Refused refused
                && (refused.is(MatrixErrorCode.NOT_FOUND)
                        || refused.status() == MatrixErrorCode.NOT_FOUND.httpStatus()
                                && (refused.errcode().isEmpty()
                                        || refused.is(MatrixErrorCode.UNKNOWN)));
    }
}
