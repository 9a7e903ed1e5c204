package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.exchange.SendJoinRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.exchange.StateEvents;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.server.engine.pdu.answers.StateForNewcomer;
import org.stratafed.server.engine.pdu.answers.StateReader;
import org.stratafed.server.engine.pdu.approval.Approval;
import org.stratafed.server.engine.pdu.auth.Vouching;
import org.stratafed.server.engine.pdu.event.ReceivedPdu;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.BuildEvent;
import org.stratafed.server.engine.pdu.room.CurrentEvents;
import org.stratafed.server.engine.pdu.room.ReceiveEvents;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// Joins, knocks and leaves that users of other servers make through us, since we are in the room.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#joining-rooms">Joining rooms</a>
public final class ResidentHandshake {

    private final RoomLanes lanes;
    private final PduIntake intake;
    private final Approval approval;
    private final StateReader reader;
    private final StateForNewcomer newcomer;
    private final TimelineStore timeline;
    private final JoinConditions conditions;
    private final VouchedJoins vouched;

    public ResidentHandshake(
            RoomLanes lanes,
            PduIntake intake,
            Approval approval,
            Stores stores,
            JoinConditions conditions,
            VouchedJoins vouched) {
        this.lanes = lanes;
        this.intake = intake;
        this.approval = approval;
        timeline = stores.timeline();
        reader = new StateReader(stores.rooms());
        newcomer = new StateForNewcomer(stores.rooms(), timeline, reader);
        this.conditions = conditions;
        this.vouched = vouched;
    }

    public Uni<MembershipTemplate> makeJoin(ServerName origin, MembershipRequest request) {
        return rulesToEnterBy(origin, request)
                .chain(_ -> conditions.voucher(request.room(), request.user()))
                .chain(
                        voucher ->
                                template(
                                        request,
                                        JsonObject.builder()
                                                .put("membership", "join")
                                                .putIfPresent(
                                                        Vouching.AUTHORISED_VIA,
                                                        voucher.map(UserId::value)
                                                                .map(JsonString::new))
                                                .build()));
    }

    public Uni<MembershipTemplate> makeKnock(ServerName origin, MembershipRequest request) {
        return rulesToEnterBy(origin, request).chain(_ -> template(request, content("knock")));
    }

    private Uni<RoomVersionRules> rulesToEnterBy(ServerName origin, MembershipRequest request) {
        return rules(request.room())
                .invoke(
                        rules -> {
                            mustBeOwnUser(origin, request.user());
                            if (!request.versions().contains(rules.version())) {
                                throw incompatible(rules);
                            }
                        });
    }

    public Uni<MembershipTemplate> makeLeave(ServerName origin, MembershipRequest request) {
        return rules(request.room())
                .invoke(_ -> mustBeOwnUser(origin, request.user()))
                .chain(_ -> template(request, content("leave")));
    }

    public Uni<SendJoinAnswer> sendJoin(ServerName origin, SendJoinRequest request) {
        var join = request.join();
        return rules(join.room())
                .chain(rules -> vouched.sign(origin, rules, join))
                .chain(
                        signed -> {
                            var handedIn = signed.orElse(join);
                            return residents(request)
                                    .chain(
                                            residents ->
                                                    handIn(origin, handedIn, "join")
                                                            .chain(
                                                                    pdu ->
                                                                            told(
                                                                                    pdu,
                                                                                    added(
                                                                                            join,
                                                                                            pdu),
                                                                                    residents)));
                        });
    }

    /// The join as it was taken in, if with signatures that it came without: ours, or the policy
    /// server's.
    private static Optional<RawPdu> added(SignedMembership join, Pdu taken) {
        return Optional.of(new RawPdu(taken.json())).filter(it -> !it.equals(join.pdu()));
    }

    /// The servers that are in the room before the join, if they have to be told: where members
    /// are to be left out.
    private Uni<Optional<SequencedSet<ServerName>>> residents(SendJoinRequest request) {
        return request.omitMembers()
                ? timeline.residentServers(request.join().room()).map(Optional::of)
                : Uni.createFrom().item(Optional.empty());
    }

    private Uni<SendJoinAnswer> told(
            Pdu join, Optional<RawPdu> signed, Optional<SequencedSet<ServerName>> residents) {
        if (residents.isEmpty()) {
            return whole(join, signed);
        }
        var servers = List.copyOf(residents.get());
        return newcomer.before(join.roomId(), join)
                .chain(
                        part ->
                                part.map(it -> Uni.createFrom().item(part(it, signed, servers)))
                                        .orElseGet(() -> whole(join, signed)));
    }

    private Uni<SendJoinAnswer> whole(Pdu join, Optional<RawPdu> signed) {
        return reader.stateEvents(join.roomId(), join.id()).map(before -> answer(before, signed));
    }

    private static SendJoinAnswer part(
            StateEvents before, Optional<RawPdu> join, List<ServerName> residents) {
        return new SendJoinAnswer(before.state(), before.authChain(), join, true, residents);
    }

    /// Answers with what an invited user would be told of the room as well.
    public Uni<List<JsonObject>> sendKnock(ServerName origin, SignedMembership knock) {
        return handIn(origin, knock, "knock")
                .chain(() -> lanes.lane(knock.room()).run(new CurrentEvents(Inviting.TOLD)))
                .map(events -> events.stream().map(Pdu::json).toList());
    }

    public Uni<Void> sendLeave(ServerName origin, SignedMembership leave) {
        return handIn(origin, leave, "leave").replaceWithVoid();
    }

    /// @param join as it was taken in, if with signatures that it came without
    private static SendJoinAnswer answer(StateEvents before, Optional<RawPdu> join) {
        return new SendJoinAnswer(before.state(), before.authChain(), join, false, List.of());
    }

    private Uni<RoomVersionRules> rules(RoomId room) {
        return lanes.lane(room)
                .rules()
                .map(
                        rules ->
                                rules.orElseThrow(
                                        () ->
                                                MatrixException.notFound(
                                                        "this server is not in room " + room)));
    }

    private static JsonObject content(String membership) {
        return JsonObject.builder().put("membership", membership).build();
    }

    private Uni<MembershipTemplate> template(MembershipRequest request, JsonObject content) {
        var draft =
                new EventDraft(
                        request.room(),
                        request.user(),
                        "m.room.member",
                        Optional.of(request.user().value()),
                        content,
                        Optional.empty());
        return lanes.lane(request.room())
                .run(new BuildEvent(draft, List.of()))
                .map(
                        built ->
                                new MembershipTemplate(
                                        built.template(), Optional.of(built.rules().version())));
    }

    /// Checks a finished membership and takes it into the room, or says why not.
    private Uni<Pdu> handIn(ServerName origin, SignedMembership claimed, String membership) {
        var lane = lanes.lane(claimed.room());
        return rules(claimed.room())
                .chain(rules -> intake.check(rules, List.of(claimed.pdu()), List.of()))
                .map(received -> sound(received.getFirst()))
                .invoke(pdu -> mustBe(pdu, claimed, origin, membership))
                .chain(approval::of)
                .call(
                        pdu ->
                                lane.run(
                                        new ReceiveEvents(
                                                origin,
                                                List.of(pdu),
                                                ReceiveEvents.Handling.HANDED_IN)));
    }

    static Pdu sound(ReceivedPdu received) {
        return switch (received) {
            case ReceivedPdu.Sound(var pdu, _) -> pdu;
            case ReceivedPdu.Refused(_, var refusal) ->
                    throw switch (refusal.check()) {
                        case SERVER_ACL, SIGNATURES -> MatrixException.forbidden(refusal.reason());
                        case FORMAT,
                                HASHES,
                                AUTH_EVENTS,
                                STATE_BEFORE,
                                CURRENT_STATE,
                                POLICY_SERVER ->
                                MatrixException.invalidParam(refusal.reason());
                    };
        };
    }

    static void mustBe(Pdu pdu, SignedMembership claimed, ServerName origin, String membership) {
        MembershipChecks.handedIn(pdu, claimed, origin, membership)
                .ifPresent(
                        wrong -> {
                            throw MatrixException.invalidParam("the event is wrong: " + wrong);
                        });
    }

    private static void mustBeOwnUser(ServerName origin, UserId user) {
        if (!user.server().equals(origin)) {
            throw MatrixException.forbidden(user + " is no user of " + origin);
        }
    }

    static MatrixException incompatible(RoomVersionRules rules) {
        return new MatrixException(
                MatrixErrorCode.INCOMPATIBLE_ROOM_VERSION,
                "the room's version is " + rules.version().id(),
                JsonObject.builder()
                        .put("room_version", new JsonString(rules.version().id()))
                        .build());
    }
}
