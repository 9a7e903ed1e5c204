package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.layer.pdu.RoomPlan;
import org.stratafed.api.layer.pdu.RoomPlan.PlannedEvent;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.InviteRequest;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.exchange.SendJoinRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.store.UserMembership;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.ParsedPdu;

/// Two servers that shake hands, either of which can be made to say what is not so.
abstract class HandshakeStage {

    static final UserId ALICE = new UserId("@alice:alpha");
    static final UserId BOB = new UserId("@bob:beta");
    static final UserId BETTY = new UserId("@betty:beta");
    static final RoomVersionRules RULES = rules("12");

    @TempDir Path directory;

    final Map<ServerName, Neighbour> street = new LinkedHashMap<>();
    ExecutorService loop;
    Neighbour alpha;
    Neighbour beta;
    RoomId room;

    @BeforeEach
    void open() {
        loop = Executors.newSingleThreadExecutor();
        alpha = new Neighbour("alpha", directory, loop, street);
        beta = new Neighbour("beta", directory, loop, street);
    }

    @AfterEach
    void close() {
        alpha.close();
        beta.close();
        loop.shutdownNow();
        assertThat(alpha.defects()).isEmpty();
        assertThat(beta.defects()).isEmpty();
    }

    void create(String version, String joinRule) {
        var rules = rules(version);
        var power =
                rules.creatorsHaveInfinitePower()
                        ? JsonObject.empty()
                        : JsonObject.builder()
                                .put("users", JsonObject.builder().put(ALICE.value(), 100).build())
                                .build();
        var plan =
                new RoomPlan(
                        rules.version(),
                        rules.roomIdIsCreateHash()
                                ? Optional.empty()
                                : Optional.of(new RoomId("!room:alpha")),
                        ALICE,
                        JsonObject.empty(),
                        List.of(
                                new PlannedEvent("m.room.member", ALICE.value(), content("join")),
                                new PlannedEvent("m.room.power_levels", "", power),
                                new PlannedEvent(
                                        "m.room.join_rules",
                                        "",
                                        JsonObject.builder().put("join_rule", joinRule).build())));
        room = alpha.get(() -> alpha.pdu.create(plan));
    }

    static RoomVersionRules rules(String version) {
        return RoomVersionRules.of(new RoomVersion(version)).orElseThrow();
    }

    static JsonObject content(String membership) {
        return JsonObject.builder().put("membership", membership).build();
    }

    static JsonObject body(String text) {
        return JsonObject.builder().put("body", text).build();
    }

    EventId topic(String topic) {
        var content = JsonObject.builder().put("topic", topic).build();
        var draft = EventDraft.state(room, ALICE, "m.room.topic", "", content);
        return alpha.get(() -> alpha.pdu.submit(draft, Optional.empty()));
    }

    EventDraft member(UserId sender, UserId user, String membership) {
        return EventDraft.state(room, sender, "m.room.member", user.value(), content(membership));
    }

    Uni<MembershipTemplate> makeJoin(UserId user) {
        var request = new MembershipRequest(room, user, RoomVersionRules.supported());
        return alpha.pdu.rooms().onMakeJoin(beta.name, request);
    }

    Uni<MembershipTemplate> makeLeave(UserId user) {
        var request = new MembershipRequest(room, user, List.of());
        return alpha.pdu.rooms().onMakeLeave(beta.name, request);
    }

    /// A join of a user of beta's, made as alpha proposes but for what is changed, and signed.
    RawPdu join(UserId user, UnaryOperator<JsonObject> change) {
        var template = alpha.get(() -> makeJoin(user));
        return beta.made(RULES, change.apply(timed(template.event())));
    }

    RawPdu leave(UserId user, UnaryOperator<JsonObject> change) {
        var template = alpha.get(() -> makeLeave(user));
        return beta.made(RULES, change.apply(timed(template.event())));
    }

    static JsonObject timed(JsonObject template) {
        return template.with("origin_server_ts", JsonNumber.of(1));
    }

    Uni<SendJoinAnswer> sendJoin(RawPdu join) {
        return sendJoin(join, false);
    }

    Uni<SendJoinAnswer> sendJoin(RawPdu join, boolean omitMembers) {
        var signed = new SignedMembership(room, idOrAny(join), join);
        return alpha.pdu.rooms().onSendJoin(beta.name, new SendJoinRequest(signed, omitMembers));
    }

    Uni<Void> sendLeave(RawPdu leave) {
        return alpha.pdu
                .rooms()
                .onSendLeave(beta.name, new SignedMembership(room, idOrAny(leave), leave));
    }

    Supplier<Uni<?>> sending(UnaryOperator<JsonObject> change) {
        var leave = leave(BOB, change);
        return () -> sendLeave(leave);
    }

    void joinThroughAlpha() {
        var join = join(BOB, it -> it);
        alpha.get(() -> sendJoin(join));
    }

    Uni<EventId> joining() {
        return beta.pdu.join(room, BOB, List.of(alpha.name), JsonObject.empty());
    }

    EventId invite(UserId user) {
        return alpha.get(() -> alpha.pdu.invite(room, ALICE, user, JsonObject.empty()));
    }

    InviteRequest inviteRequest(UserId user) {
        if (user.equals(BOB)) {
            beta.get(() -> beta.stores().directory().addUser(BOB));
        }
        var asked = new ArrayList<InviteRequest>();
        beta.invited = asked::add;
        beta.deafToInvites = true;
        assertThatThrownBy(() -> invite(user)).isInstanceOf(MatrixException.class);
        beta.deafToInvites = false;
        return asked.getFirst();
    }

    static InviteRequest with(InviteRequest request, List<JsonObject> told) {
        return new InviteRequest(
                request.room(), request.event(), request.version(), request.pdu(), told);
    }

    /// An invite of bob, changed and signed by alpha.
    RawPdu made(UnaryOperator<JsonObject> change) {
        var json = inviteRequest(BOB).pdu().json().without("signatures", "hashes");
        return alpha.made(RULES, change.apply(json));
    }

    Uni<RawPdu> ask(InviteRequest request) {
        return beta.pdu.rooms().onInvite(alpha.name, request);
    }

    void inviteIsRefused(MatrixErrorCode code, String why, RawPdu pdu) {
        var request = inviteRequest(BOB);
        refused(
                code,
                why,
                () ->
                        ask(
                                new InviteRequest(
                                        room,
                                        idOrAny(pdu),
                                        request.version(),
                                        pdu,
                                        request.roomState())));
        assertThat(beta.get(() -> beta.stores().timeline().memberships(BOB))).isEmpty();
    }

    void roomStateIsRefused(String why, UnaryOperator<List<JsonObject>> change) {
        var request = inviteRequest(BOB);
        refused(
                MatrixErrorCode.INVALID_PARAM,
                why,
                () -> ask(with(request, change.apply(request.roomState()))));
        assertThat(beta.get(() -> beta.stores().timeline().memberships(BOB))).isEmpty();
    }

    void templateIsRefused(String why, UnaryOperator<JsonObject> tamper) {
        alpha.template = it -> new MembershipTemplate(tamper.apply(it.event()), it.roomVersion());
        notJoined(why);
    }

    void roomIsRefused(String why, UnaryOperator<SendJoinAnswer> tamper) {
        alpha.roomSent = tamper;
        notJoined(why);
    }

    void notJoined(String why) {
        assertThatThrownBy(() -> beta.get(this::joining))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining(why);
        assertThat(beta.get(() -> beta.pdu.state(room))).isEmpty();
    }

    MatrixException refused(MatrixErrorCode code, String why, Supplier<Uni<?>> call) {
        var failures = new ArrayList<MatrixException>();
        assertThatThrownBy(() -> alpha.get(() -> call.get().replaceWithVoid()))
                .isInstanceOfSatisfying(MatrixException.class, failures::add)
                .hasMessageContaining(why);
        assertThat(failures.getFirst().code()).isEqualTo(code);
        return failures.getFirst();
    }

    UserMembership membership(UserId user) {
        return beta.get(() -> beta.stores().timeline().memberships(user)).getFirst();
    }

    static SendJoinAnswer with(SendJoinAnswer answer, List<RawPdu> state, List<RawPdu> chain) {
        return new SendJoinAnswer(state, chain, answer.event(), false, List.of());
    }

    static SendJoinAnswer withState(SendJoinAnswer answer, Predicate<RawPdu> keep) {
        return with(
                answer,
                answer.state().stream().filter(keep).toList(),
                answer.authChain().stream().filter(keep).toList());
    }

    static SendJoinAnswer mapped(SendJoinAnswer answer, UnaryOperator<RawPdu> change) {
        return with(
                answer,
                answer.state().stream().map(change).toList(),
                answer.authChain().stream().map(change).toList());
    }

    static RawPdu doctored(RawPdu pdu) {
        return new RawPdu(pdu.json().with("origin_server_ts", JsonNumber.of(7)));
    }

    static JsonObject forged() {
        return JsonObject.builder().put("ed25519:1", "A".repeat(86)).build();
    }

    static boolean isCreate(RawPdu pdu) {
        return isOf(pdu, "m.room.create");
    }

    static boolean isOf(RawPdu pdu, String type) {
        return pdu.json().string("type").equals(Optional.of(type));
    }

    static RawPdu create(SendJoinAnswer answer) {
        return answer.state().stream().filter(HandshakeStage::isCreate).findFirst().get();
    }

    static List<EventId> ids(List<RawPdu> pdus) {
        return pdus.stream().map(HandshakeStage::id).toList();
    }

    static EventId id(RawPdu pdu) {
        return switch (EventParser.parse(RULES, pdu)) {
            case ParsedPdu.Parsed(var parsed) -> parsed.id();
            case ParsedPdu.NotAnEvent(var refusal) -> throw new AssertionError(refusal);
        };
    }

    static EventId idOrAny(RawPdu pdu) {
        return switch (EventParser.parse(RULES, pdu)) {
            case ParsedPdu.Parsed(var parsed) -> parsed.id();
            case ParsedPdu.NotAnEvent _ -> new EventId("$any");
        };
    }
}
