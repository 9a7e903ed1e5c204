package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;

/// Knocks at a room of another server, and what becomes of them.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#knocking-upon-a-room">Knocking
///     upon a room</a>
class KnocksTest extends HandshakeStage {

    @BeforeEach
    void bobHasAnAccount() {
        beta.get(() -> beta.stores().directory().addUser(BOB));
    }

    private EventId knock() {
        return beta.get(
                () ->
                        beta.pdu.knock(
                                room,
                                BOB,
                                List.of(alpha.name),
                                JsonObject.builder().put("reason", "please").build()));
    }

    private Optional<String> seenByAlpha(UserId user) {
        return alpha.get(() -> alpha.pdu.state(room))
                .orElseThrow()
                .event("m.room.member", user.value())
                .flatMap(it -> it.content().string("membership"));
    }

    private void leave() {
        beta.get(() -> beta.pdu.leave(room, BOB, JsonObject.empty()));
    }

    private static List<String> types(List<JsonObject> state) {
        return state.stream().map(it -> it.string("type").orElseThrow()).toList();
    }

    @ParameterizedTest
    @CsvSource({"7, knock", "9, knock", "10, knock_restricted", "12, knock"})
    void aKnockIsPartOfTheRoomAndRememberedBesideIt(String version, String rule) {
        create(version, rule);
        var id = knock();
        assertThat(seenByAlpha(BOB)).hasValue("knock");
        var membership = membership(BOB);
        assertThat(membership.membership()).isEqualTo("knock");
        assertThat(membership.inRoom()).isFalse();
        assertThat(membership.event().id()).isEqualTo(id);
        assertThat(membership.event().content().string("reason")).hasValue("please");
        assertThat(types(membership.strippedState()))
                .contains("m.room.create", "m.room.join_rules")
                .endsWith("m.room.member");
        assertThat(membership.strippedState())
                .allSatisfy(it -> assertThat(it.has("signatures")).isFalse());
        assertThat(beta.get(() -> beta.pdu.state(room))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"6, knock", "9, knock_restricted", "12, public", "12, invite", "12, restricted"})
    void aRoomThatDoesNotListenIsNotKnockedAt(String version, String rule) {
        create(version, rule);
        assertThatThrownBy(this::knock)
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        it -> assertThat(it.code()).isEqualTo(MatrixErrorCode.FORBIDDEN));
        assertThat(seenByAlpha(BOB)).isEmpty();
        assertThat(beta.get(() -> beta.stores().timeline().memberships(BOB))).isEmpty();
    }

    @Test
    void aKnockIsAnsweredByAnInvite() {
        create("12", "knock");
        knock();
        invite(BOB);
        assertThat(membership(BOB).membership()).isEqualTo("invite");
        beta.get(this::joining);
        assertThat(seenByAlpha(BOB)).hasValue("join");
    }

    @ParameterizedTest
    @ValueSource(strings = {"leave", "ban"})
    void aKnockIsAnsweredByARefusal(String refusal) {
        create("12", "knock");
        knock();
        alpha.get(() -> alpha.pdu.submit(member(ALICE, BOB, refusal), Optional.empty()));
        alpha.push(beta);
        assertThat(membership(BOB).membership()).isEqualTo(refusal);
    }

    /// What somebody else says about it, or says of another knock, ends nothing.
    @Test
    void aKnockIsNotEndedByWhatIsNotAboutIt() {
        create("12", "knock");
        var sent = new ArrayList<RawPdu>();
        knock();
        leave();
        knock();
        alpha.get(() -> alpha.pdu.submit(member(ALICE, BOB, "leave"), Optional.empty()));
        alpha.push(beta, pdu -> !sent.add(pdu));
        assertThat(membership(BOB).membership()).isEqualTo("leave");
        knock();
        beta.get(() -> beta.pdu.onPdus(alpha.name, room, sent));
        assertThat(membership(BOB).membership()).isEqualTo("knock");
        alpha.get(() -> alpha.pdu.submit(member(ALICE, BOB, "leave"), Optional.empty()));
        var relayed = new ArrayList<RawPdu>();
        alpha.push(beta, pdu -> relayed.add(pdu));
        var gamma = new Neighbour("gamma", directory, loop, street);
        beta.get(() -> beta.pdu.onPdus(gamma.name, room, relayed));
        gamma.close();
        assertThat(membership(BOB).membership()).isEqualTo("knock");
    }

    @Test
    void aKnockIsTakenBack() {
        create("12", "knock");
        knock();
        leave();
        assertThat(membership(BOB).membership()).isEqualTo("leave");
        assertThat(seenByAlpha(BOB)).hasValue("leave");
    }

    @Test
    void aKnockIsTakenBackHereAloneWhenNobodyCanBeTold() {
        create("12", "knock");
        knock();
        alpha.deaf = true;
        leave();
        assertThat(membership(BOB).membership()).isEqualTo("leave");
        alpha.deaf = false;
        assertThat(seenByAlpha(BOB)).as("who was not told").hasValue("knock");
        // So the door may open all the same, and he may knock again.
        invite(BOB);
        assertThat(membership(BOB).membership()).isEqualTo("invite");
        leave();
        assertThat(seenByAlpha(BOB)).hasValue("leave");
        knock();
        assertThat(seenByAlpha(BOB)).hasValue("knock");
    }

    /// A room of before: its members' servers are asked whom the state names, not its ID.
    @Test
    void whoLeftKnocksAgainAndIsRefused() {
        create("12", "public");
        beta.get(this::joining);
        leave();
        beta.push(alpha);
        setJoinRule("knock");
        knock();
        assertThat(membership(BOB).membership()).isEqualTo("knock");
        alpha.get(() -> alpha.pdu.submit(member(ALICE, BOB, "leave"), Optional.empty()));
        alpha.push(beta);
        assertThat(membership(BOB).membership()).isEqualTo("leave");
    }

    private void setJoinRule(String rule) {
        var content = JsonObject.builder().put("join_rule", rule).build();
        var draft = EventDraft.state(room, ALICE, "m.room.join_rules", "", content);
        alpha.get(() -> alpha.pdu.submit(draft, Optional.empty()));
    }

    @Test
    void whoIsOfAServerInTheRoomKnocksThere() {
        create("12", "public");
        beta.get(this::joining);
        setJoinRule("knock");
        alpha.push(beta);
        beta.get(() -> beta.pdu.knock(room, BETTY, List.of(), JsonObject.empty()));
        assertThat(membership(BETTY).membership()).isEqualTo("knock");
        assertThat(membership(BETTY).inRoom()).isTrue();
        beta.push(alpha);
        assertThat(seenByAlpha(BETTY)).hasValue("knock");
    }

    @Test
    void aKnockGoesToTheNextServerWhenOneIsAway() {
        create("12", "knock");
        var away = new Neighbour("away", directory, loop, street);
        away.close();
        beta.get(
                () ->
                        beta.pdu.knock(
                                room, BOB, List.of(away.name, alpha.name), JsonObject.empty()));
        assertThat(seenByAlpha(BOB)).hasValue("knock");
    }

    @Test
    void whatIsToldOfTheRoomIsCheckedAndWhatIsWrongIsLeftOut() {
        create("12", "knock");
        alpha.knockState =
                told -> {
                    var all = new ArrayList<>(told);
                    all.replaceAll(
                            it ->
                                    it.string("type").equals(Optional.of("m.room.join_rules"))
                                            ? doctored(new RawPdu(it)).json()
                                            : it);
                    return all;
                };
        knock();
        assertThat(types(membership(BOB).strippedState()))
                .contains("m.room.create")
                .doesNotContain("m.room.join_rules");
        assertThat(beta.refusals()).anyMatch(it -> it.contains("to tell of a room is wrong"));
    }

    @ParameterizedTest
    @CsvSource({
        "type, m.room.topic, no membership event",
        "sender, @alice:alpha, another user",
        "state_key, @alice:alpha, another user",
        "room_id, !elsewhere:alpha, another room",
    })
    void aTemplateThatIsNotWhatWasAskedForIsNotSigned(String key, String value, String why) {
        create("12", "knock");
        alpha.template =
                it ->
                        new MembershipTemplate(
                                it.event().with(key, new JsonString(value)), it.roomVersion());
        assertThatThrownBy(this::knock)
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining(why);
        assertThat(seenByAlpha(BOB)).isEmpty();
    }

    @Test
    void aTemplateIsForWhoAsksAndForVersionsThatHeKnows() {
        create("12", "knock");
        var to = alpha.pdu.rooms();
        refused(
                MatrixErrorCode.FORBIDDEN,
                "no user of beta",
                () -> to.onMakeKnock(beta.name, request(ALICE, RoomVersionRules.supported())));
        refused(
                MatrixErrorCode.INCOMPATIBLE_ROOM_VERSION,
                "12",
                () -> to.onMakeKnock(beta.name, request(BOB, List.of(new RoomVersion("11")))));
        room = new RoomId("!nowhere:alpha");
        refused(
                MatrixErrorCode.NOT_FOUND,
                "not in room",
                () -> to.onMakeKnock(beta.name, request(BOB, RoomVersionRules.supported())));
    }

    private MembershipRequest request(UserId user, List<RoomVersion> versions) {
        return new MembershipRequest(room, user, versions);
    }

    @Test
    void aKnockIsCheckedAsAJoinIs() {
        create("12", "knock");
        refused(MatrixErrorCode.INVALID_PARAM, "no knock", send(it -> withMembership(it, "join")));
        refused(
                MatrixErrorCode.INVALID_PARAM,
                "no membership event",
                send(it -> it.with("type", new JsonString("m.room.topic"))));
        refused(
                MatrixErrorCode.INVALID_PARAM,
                "not its sender",
                send(it -> it.with("state_key", new JsonString(BETTY.value()))));
        var signed = madeKnock(it -> it);
        refused(MatrixErrorCode.FORBIDDEN, "signature", () -> sendKnock(doctored(signed)));
        refused(
                MatrixErrorCode.INVALID_PARAM,
                "its id is",
                () ->
                        alpha.pdu
                                .rooms()
                                .onSendKnock(
                                        beta.name,
                                        new SignedMembership(room, new EventId("$x"), signed)));
        alpha.get(() -> alpha.pdu.submit(member(ALICE, BOB, "ban"), Optional.empty()));
        refused(MatrixErrorCode.FORBIDDEN, "rule", () -> sendKnock(signed));
        assertThat(seenByAlpha(BOB)).hasValue("ban");
    }

    private static JsonObject withMembership(JsonObject event, String membership) {
        return event.with("content", content(membership));
    }

    private RawPdu madeKnock(UnaryOperator<JsonObject> change) {
        var template =
                alpha.get(
                        () ->
                                alpha.pdu
                                        .rooms()
                                        .onMakeKnock(
                                                beta.name,
                                                request(BOB, RoomVersionRules.supported())));
        return beta.made(RULES, change.apply(timed(template.event())));
    }

    private Supplier<Uni<?>> send(UnaryOperator<JsonObject> change) {
        var knock = madeKnock(change);
        return () -> sendKnock(knock);
    }

    private Uni<List<JsonObject>> sendKnock(RawPdu knock) {
        return alpha.pdu
                .rooms()
                .onSendKnock(beta.name, new SignedMembership(room, idOrAny(knock), knock));
    }

    @Test
    void aKnockIsAnsweredWithWholeEventsThatTellOfTheRoom() {
        create("12", "knock");
        var knock = madeKnock(it -> it);
        var told = alpha.get(() -> sendKnock(knock));
        assertThat(types(told)).contains("m.room.create", "m.room.join_rules");
        assertThat(told).allSatisfy(it -> assertThat(it.has("signatures")).isTrue());
        assertThat(
                        alpha.get(() -> alpha.pdu.state(room))
                                .orElseThrow()
                                .event("m.room.member", BOB.value()))
                .map(Pdu::id)
                .hasValue(id(knock));
    }
}
