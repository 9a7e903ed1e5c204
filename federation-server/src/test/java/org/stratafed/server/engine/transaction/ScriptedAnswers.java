package org.stratafed.server.engine.transaction;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.layer.transaction.QueryHandler;
import org.stratafed.api.layer.transaction.RoomQueryHandler;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.AddressBound;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.exchange.DirectoryAnswer;
import org.stratafed.api.model.exchange.EventAtTime;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.exchange.HierarchyRequest;
import org.stratafed.api.model.exchange.InvitationRedeemed;
import org.stratafed.api.model.exchange.InviteRequest;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.exchange.ProfileRequest;
import org.stratafed.api.model.exchange.PublicRooms;
import org.stratafed.api.model.exchange.PublicRoomsRequest;
import org.stratafed.api.model.exchange.RoomSummary;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.exchange.SendJoinRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.exchange.SpaceHierarchy;
import org.stratafed.api.model.exchange.StateEvents;
import org.stratafed.api.model.exchange.StateIds;
import org.stratafed.api.model.exchange.TimestampRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;

/// Layers above that answer every question, with one and the same event, and write down who asked
/// what.
public final class ScriptedAnswers implements RoomQueryHandler, QueryHandler {

    private final RawPdu pdu;
    private final List<String> calls = new ArrayList<>();
    private boolean refusesAll;

    public ScriptedAnswers(RawPdu pdu) {
        this.pdu = pdu;
    }

    public List<String> calls() {
        return calls;
    }

    public void refuseAll() {
        refusesAll = true;
    }

    @Override
    public Uni<RawPdu> onEvent(ServerName origin, EventId event) {
        return answer(origin, "onEvent", pdu);
    }

    @Override
    public Uni<StateEvents> onState(ServerName origin, EventInRoom event) {
        return answer(origin, "onState", new StateEvents(List.of(pdu), List.of()));
    }

    @Override
    public Uni<StateIds> onStateIds(ServerName origin, EventInRoom event) {
        return answer(origin, "onStateIds", new StateIds(List.of(), List.of()));
    }

    @Override
    public Uni<List<RawPdu>> onEventAuth(ServerName origin, EventInRoom event) {
        return answer(origin, "onEventAuth", List.of(pdu));
    }

    @Override
    public Uni<List<RawPdu>> onBackfill(ServerName origin, BackfillRequest request) {
        return answer(origin, "onBackfill", List.of(pdu, pdu));
    }

    @Override
    public Uni<List<RawPdu>> onMissingEvents(ServerName origin, MissingEventsRequest request) {
        return answer(origin, "onMissingEvents", List.of(pdu));
    }

    @Override
    public Uni<MembershipTemplate> onMakeJoin(ServerName origin, MembershipRequest request) {
        return answer(origin, "onMakeJoin", template());
    }

    @Override
    public Uni<SendJoinAnswer> onSendJoin(ServerName origin, SendJoinRequest join) {
        var nobody = List.<ServerName>of();
        return answer(
                origin,
                "onSendJoin",
                new SendJoinAnswer(List.of(), List.of(), Optional.empty(), false, nobody));
    }

    @Override
    public Uni<MembershipTemplate> onMakeKnock(ServerName origin, MembershipRequest request) {
        return answer(origin, "onMakeKnock", template());
    }

    @Override
    public Uni<List<JsonObject>> onSendKnock(ServerName origin, SignedMembership knock) {
        return answer(origin, "onSendKnock", List.of(pdu.json()));
    }

    @Override
    public Uni<Void> onExchangeThirdPartyInvite(ServerName origin, InvitationRedeemed redeemed) {
        return answer(origin, "onExchangeThirdPartyInvite", pdu).replaceWithVoid();
    }

    @Override
    public Uni<MembershipTemplate> onMakeLeave(ServerName origin, MembershipRequest request) {
        return answer(origin, "onMakeLeave", template());
    }

    @Override
    public Uni<Void> onSendLeave(ServerName origin, SignedMembership leave) {
        calls.add(origin + " onSendLeave");
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<RawPdu> onInvite(ServerName origin, InviteRequest request) {
        return answer(origin, "onInvite", pdu);
    }

    @Override
    public Uni<DirectoryAnswer> onDirectory(ServerName origin, RoomAlias alias) {
        var room = new RoomId("!room:alpha");
        return answer(origin, "onDirectory", new DirectoryAnswer(room, List.of()));
    }

    @Override
    public Uni<JsonObject> onProfile(ServerName origin, ProfileRequest request) {
        return answer(origin, "onProfile", JsonObject.empty());
    }

    @Override
    public Uni<Void> onAddressBound(AddressBound bound) {
        return answer(bound.user().server(), "onAddressBound", pdu).replaceWithVoid();
    }

    @Override
    public Uni<EventAtTime> onTimestampToEvent(ServerName origin, TimestampRequest request) {
        return answer(origin, "onTimestampToEvent", new EventAtTime(new EventId("$a"), 1));
    }

    @Override
    public Uni<PublicRooms> onPublicRooms(ServerName origin, PublicRoomsRequest request) {
        return answer(
                origin,
                "onPublicRooms",
                new PublicRooms(
                        List.of(), Optional.empty(), Optional.empty(), OptionalLong.empty()));
    }

    @Override
    public Uni<SpaceHierarchy> onHierarchy(ServerName origin, HierarchyRequest request) {
        var door = new RoomSummary.Door(Optional.empty(), false, false, List.of());
        var look =
                new RoomSummary.Look(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        var kind = new RoomSummary.Kind(Optional.empty(), Optional.empty(), Optional.empty());
        var room = new RoomSummary(request.room(), 0, door, look, kind);
        return answer(
                origin, "onHierarchy", new SpaceHierarchy(room, List.of(), List.of(), List.of()));
    }

    private <T> Uni<T> answer(ServerName origin, String call, T answer) {
        if (refusesAll) {
            throw MatrixException.forbidden("no");
        }
        calls.add(origin + " " + call);
        return Uni.createFrom().item(answer);
    }

    private MembershipTemplate template() {
        return new MembershipTemplate(JsonObject.empty(), Optional.empty());
    }
}
