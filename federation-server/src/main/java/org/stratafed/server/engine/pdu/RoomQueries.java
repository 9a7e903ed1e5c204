package org.stratafed.server.engine.pdu;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Supplier;
import org.stratafed.api.layer.transaction.RoomQueryHandler;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.AddressBound;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.exchange.EventAtTime;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.exchange.InvitationRedeemed;
import org.stratafed.api.model.exchange.InviteRequest;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.exchange.SendJoinRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.exchange.StateEvents;
import org.stratafed.api.model.exchange.StateIds;
import org.stratafed.api.model.exchange.TimestampRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.engine.pdu.acl.ServerAcls;
import org.stratafed.server.engine.pdu.answers.NearestEvent;
import org.stratafed.server.engine.pdu.answers.RoomAnswers;
import org.stratafed.server.engine.pdu.handshake.BeingInvited;
import org.stratafed.server.engine.pdu.handshake.BoundAddresses;
import org.stratafed.server.engine.pdu.handshake.RedeemedInvitations;
import org.stratafed.server.engine.pdu.handshake.ResidentHandshake;

/// Other servers' questions about rooms, each to whom it is for.
///
/// Those that are about one room are answered to servers that its ACL allows. The event endpoint is
/// not among them, nor are redeemed invitations.
///
/// See "Server Access Control Lists" in the server-server API.
record RoomQueries(
        ServerAcls acls,
        RoomAnswers answers,
        NearestEvent nearest,
        ResidentHandshake resident,
        BeingInvited invited,
        RedeemedInvitations redeemed,
        BoundAddresses bound)
        implements RoomQueryHandler {

    @Override
    public Uni<RawPdu> onEvent(ServerName origin, EventId event) {
        return answers.event(origin, event);
    }

    @Override
    public Uni<StateEvents> onState(ServerName origin, EventInRoom event) {
        return admitted(origin, event.room(), () -> answers.state(origin, event));
    }

    @Override
    public Uni<StateIds> onStateIds(ServerName origin, EventInRoom event) {
        return admitted(origin, event.room(), () -> answers.stateIds(origin, event));
    }

    @Override
    public Uni<List<RawPdu>> onEventAuth(ServerName origin, EventInRoom event) {
        return admitted(origin, event.room(), () -> answers.eventAuth(origin, event));
    }

    @Override
    public Uni<List<RawPdu>> onBackfill(ServerName origin, BackfillRequest request) {
        return admitted(origin, request.room(), () -> answers.backfill(origin, request));
    }

    @Override
    public Uni<List<RawPdu>> onMissingEvents(ServerName origin, MissingEventsRequest request) {
        return admitted(origin, request.room(), () -> answers.missingEvents(origin, request));
    }

    /// Not among those that the specification lists, but it tells of the same events as the others.
    @Override
    public Uni<EventAtTime> onTimestampToEvent(ServerName origin, TimestampRequest request) {
        return admitted(origin, request.room(), () -> nearest.to(origin, request));
    }

    @Override
    public Uni<MembershipTemplate> onMakeJoin(ServerName origin, MembershipRequest request) {
        return admitted(origin, request.room(), () -> resident.makeJoin(origin, request));
    }

    @Override
    public Uni<SendJoinAnswer> onSendJoin(ServerName origin, SendJoinRequest request) {
        return admitted(origin, request.join().room(), () -> resident.sendJoin(origin, request));
    }

    @Override
    public Uni<MembershipTemplate> onMakeKnock(ServerName origin, MembershipRequest request) {
        return admitted(origin, request.room(), () -> resident.makeKnock(origin, request));
    }

    @Override
    public Uni<List<JsonObject>> onSendKnock(ServerName origin, SignedMembership knock) {
        return admitted(origin, knock.room(), () -> resident.sendKnock(origin, knock));
    }

    @Override
    public Uni<MembershipTemplate> onMakeLeave(ServerName origin, MembershipRequest request) {
        return admitted(origin, request.room(), () -> resident.makeLeave(origin, request));
    }

    @Override
    public Uni<Void> onSendLeave(ServerName origin, SignedMembership leave) {
        return admitted(origin, leave.room(), () -> resident.sendLeave(origin, leave));
    }

    @Override
    public Uni<RawPdu> onInvite(ServerName origin, InviteRequest request) {
        return admitted(origin, request.room(), () -> invited.invite(origin, request));
    }

    @Override
    public Uni<Void> onExchangeThirdPartyInvite(ServerName origin, InvitationRedeemed invitation) {
        return redeemed.redeem(origin, invitation);
    }

    @Override
    public Uni<Void> onAddressBound(AddressBound address) {
        return bound.redeem(address);
    }

    private <T> Uni<T> admitted(ServerName origin, RoomId room, Supplier<Uni<T>> answer) {
        return acls.mustAllow(origin, room).chain(answer::get);
    }
}
