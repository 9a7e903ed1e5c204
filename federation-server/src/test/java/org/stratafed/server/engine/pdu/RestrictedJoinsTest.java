package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratafed.api.layer.pdu.RoomPlan;
import org.stratafed.api.layer.pdu.RoomPlan.PlannedEvent;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.exchange.SendJoinRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersionRules;

/// Joins of rooms whose join rule has conditions, at both ends.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#restricted-rooms">Restricted
///     rooms</a>
class RestrictedJoinsTest extends HandshakeStage {

    private static final String VIA = "join_authorised_via_users_server";
    private static final int NOBODY_CAN = 101;

    private RoomId club;

    private RoomId make(
            String version, String name, UserId creator, JsonObject joinRules, int toInvite) {
        var rules = rules(version);
        var power = JsonObject.builder().put("invite", toInvite);
        if (!rules.creatorsHaveInfinitePower()) {
            power.put("users", JsonObject.builder().put(creator.value(), 100).build());
        }
        var server = street.get(creator.server());
        var plan =
                new RoomPlan(
                        rules.version(),
                        rules.roomIdIsCreateHash()
                                ? Optional.empty()
                                : Optional.of(new RoomId("!" + name + ":" + creator.server())),
                        creator,
                        JsonObject.builder().put("called", name).build(),
                        List.of(
                                new PlannedEvent("m.room.member", creator.value(), content("join")),
                                new PlannedEvent("m.room.power_levels", "", power.build()),
                                new PlannedEvent("m.room.join_rules", "", joinRules)));
        return server.get(() -> server.pdu.create(plan));
    }

    private static JsonObject rule(String rule) {
        return JsonObject.builder().put("join_rule", rule).build();
    }

    private static JsonObject restricted(String rule, RoomId... allowed) {
        return rule(rule)
                .with(
                        "allow",
                        JsonArray.of(
                                List.of(allowed).stream()
                                        .map(
                                                it ->
                                                        JsonObject.builder()
                                                                .put("type", "m.room_membership")
                                                                .put("room_id", it.value())
                                                                .build())
                                        .toList()));
    }

    private void openWithClub(String version, String rule) {
        club = make(version, "club", ALICE, rule("public"), 0);
        room = make(version, "room", ALICE, restricted(rule, club), 0);
    }

    private void bobJoinsTheClub() {
        beta.get(() -> beta.pdu.join(club, BOB, List.of(alpha.name), JsonObject.empty()));
    }

    private Pdu bobAt(Neighbour server) {
        return server.get(() -> server.pdu.state(room))
                .orElseThrow()
                .event("m.room.member", BOB.value())
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"8, restricted", "9, restricted", "10, knock_restricted", "12, restricted"})
    void whoFulfilsAConditionIsLetInByOneWhoVouches(String version, String rule) {
        openWithClub(version, rule);
        bobJoinsTheClub();
        beta.get(this::joining);
        assertThat(bobAt(beta).content().string(VIA)).hasValue(ALICE.value());
        for (var server : List.of(alpha, beta)) {
            var signatures = bobAt(server).json().object("signatures").orElseThrow();
            assertThat(signatures.keys()).contains("alpha", "beta");
        }
    }

    @Test
    void whoFulfilsNoConditionIsNot() {
        openWithClub("12", "restricted");
        refused(MatrixErrorCode.FORBIDDEN, "none of the rooms", () -> makeJoin(BOB));
        bobJoinsTheClub();
        beta.get(() -> beta.pdu.leave(club, BOB, JsonObject.empty()));
        beta.push(alpha);
        refused(MatrixErrorCode.FORBIDDEN, "none of the rooms", () -> makeJoin(BOB));
    }

    @Test
    void whoCanNotTellSaysSo() {
        var elsewhere = make("12", "elsewhere", BETTY, rule("public"), 0);
        club = make("12", "club", ALICE, rule("public"), 0);
        room = make("12", "room", ALICE, restricted("restricted", elsewhere, club), 0);
        refused(MatrixErrorCode.UNABLE_TO_AUTHORISE_JOIN, "not in all", () -> makeJoin(BOB));
        bobJoinsTheClub();
        assertThat(alpha.get(() -> makeJoin(BOB)).event().object("content").orElseThrow())
                .as("one of them is enough")
                .satisfies(content -> assertThat(content.string(VIA)).hasValue(ALICE.value()));
    }

    @Test
    void whoHasNobodyThatMayInviteSaysSo() {
        club = make("10", "club", ALICE, rule("public"), 0);
        room = make("10", "room", ALICE, restricted("restricted", club), NOBODY_CAN);
        bobJoinsTheClub();
        refused(MatrixErrorCode.UNABLE_TO_GRANT_JOIN, "may invite", () -> makeJoin(BOB));
    }

    @Test
    void conditionsOfAnotherKindAreFulfilledByNobody() {
        var odd =
                rule("restricted")
                        .with(
                                "allow",
                                JsonArray.of(
                                        List.of(
                                                JsonObject.builder().put("type", "x").build(),
                                                JsonObject.builder()
                                                        .put("type", "m.room_membership")
                                                        .build())));
        room = make("12", "room", ALICE, odd, 0);
        refused(MatrixErrorCode.FORBIDDEN, "none of the rooms", () -> makeJoin(BOB));
    }

    @Test
    void whoIsInvitedNeedsNobody() {
        openWithClub("12", "restricted");
        beta.get(() -> beta.stores().directory().addUser(BOB));
        invite(BOB);
        beta.get(this::joining);
        assertThat(bobAt(beta).content().has(VIA)).isFalse();
    }

    @Test
    void whoIsBannedIsRefusedByTheRules() {
        openWithClub("12", "restricted");
        bobJoinsTheClub();
        alpha.get(() -> alpha.pdu.submit(member(ALICE, BOB, "ban"), Optional.empty()));
        refused(MatrixErrorCode.FORBIDDEN, "banned", () -> makeJoin(BOB));
    }

    @Test
    void theConditionsAreLookedAtAgainWhenTheJoinComes() {
        openWithClub("12", "restricted");
        bobJoinsTheClub();
        var join = join(BOB, it -> it);
        beta.get(() -> beta.pdu.leave(club, BOB, JsonObject.empty()));
        beta.push(alpha);
        refused(MatrixErrorCode.FORBIDDEN, "none of the rooms", () -> sendJoin(join));
    }

    @Test
    void aJoinThatWeVouchForComesBackSignedAndOtherwiseAsItWas() {
        openWithClub("12", "restricted");
        bobJoinsTheClub();
        var join = join(BOB, it -> it);
        var answer = alpha.get(() -> sendJoin(join));
        var signed = answer.event().orElseThrow().json();
        assertThat(signed.without("signatures")).isEqualTo(join.json().without("signatures"));
        assertThat(signed.object("signatures").orElseThrow().object("beta"))
                .isEqualTo(join.json().object("signatures").orElseThrow().object("beta"));
        assertThat(alpha.get(() -> sendJoin(join))).as("again").isEqualTo(answer);
    }

    @Test
    void aJoinThatNamesAUserOfAnotherServerHasToBeSignedByThat() {
        openWithClub("12", "restricted");
        bobJoinsTheClub();
        var join = join(BOB, it -> via(it, "@carol:gamma"));
        refused(MatrixErrorCode.FORBIDDEN, "not signed by gamma", () -> sendJoin(join));
    }

    @Test
    void aJoinThatNamesAUserOfOursWhoMayNotInviteDoesNotStand() {
        openWithClub("12", "restricted");
        bobJoinsTheClub();
        var join = join(BOB, it -> via(it, "@nobody:alpha"));
        refused(MatrixErrorCode.FORBIDDEN, "rule", () -> sendJoin(join));
    }

    private static JsonObject via(JsonObject event, String user) {
        var content = event.object("content").orElseThrow();
        return event.with("content", content.with(VIA, new JsonString(user)));
    }

    @Test
    void whoIsInTheRoomVouchesForItsOwnUsers() {
        openWithClub("12", "restricted");
        bobJoinsTheClub();
        beta.get(this::joining);
        beta.get(() -> beta.pdu.join(club, BETTY, List.of(), JsonObject.empty()));
        beta.get(() -> beta.pdu.join(room, BETTY, List.of(), JsonObject.empty()));
        var betty =
                beta.get(() -> beta.pdu.state(room))
                        .orElseThrow()
                        .event("m.room.member", BETTY.value())
                        .orElseThrow();
        assertThat(betty.content().string(VIA)).hasValue(BOB.value());
    }

    /// Bob is in the room by an invite, and his server in none of the others.
    @Test
    void whoIsInTheRoomAndCanNotTellAsksTheOthers() {
        openWithClub("12", "restricted");
        beta.get(() -> beta.stores().directory().addUser(BOB));
        invite(BOB);
        beta.get(this::joining);
        var betty = new MembershipRequest(room, BETTY, RoomVersionRules.supported());
        assertThatThrownBy(() -> beta.get(() -> beta.pdu.rooms().onMakeJoin(beta.name, betty)))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        it ->
                                assertThat(it.code())
                                        .isEqualTo(MatrixErrorCode.UNABLE_TO_AUTHORISE_JOIN));
        assertThatThrownBy(
                        () ->
                                beta.get(
                                        () ->
                                                beta.pdu.join(
                                                        room,
                                                        BETTY,
                                                        List.of(),
                                                        JsonObject.empty())))
                .hasMessageContaining("none of the rooms");
        beta.get(() -> beta.pdu.join(club, BETTY, List.of(alpha.name), JsonObject.empty()));
        beta.get(() -> beta.pdu.leave(club, BETTY, JsonObject.empty()));
        // Alpha has not heard of that yet.
        beta.get(() -> beta.pdu.join(room, BETTY, List.of(), JsonObject.empty()));
        var state = beta.get(() -> beta.pdu.state(room)).orElseThrow();
        assertThat(state.event("m.room.member", BETTY.value()).orElseThrow().content().string(VIA))
                .hasValue(ALICE.value());
        assertThat(state.event("m.room.member", BOB.value()).orElseThrow().content())
                .isEqualTo(content("join"));
    }

    /// Gamma is asked first, and is in the room, but not in the club.
    @Test
    void whoCanNotBeLetInByOneServerAsksTheNext() {
        openWithClub("12", "restricted");
        bobJoinsTheClub();
        var gamma = new Neighbour("gamma", directory, loop, street);
        var carol = new UserId("@carol:gamma");
        gamma.get(() -> gamma.stores().directory().addUser(carol));
        invite(carol);
        gamma.get(() -> gamma.pdu.join(room, carol, List.of(alpha.name), JsonObject.empty()));
        beta.get(
                () ->
                        beta.pdu.join(
                                room, BOB, List.of(gamma.name, alpha.name), JsonObject.empty()));
        assertThat(bobAt(beta).content().string(VIA)).hasValue(ALICE.value());
        gamma.close();
        assertThat(gamma.defects()).isEmpty();
    }

    @Test
    void whoIsLetInByNobodyIsToldWhatTheyKnewNotThatOneIsAway() {
        openWithClub("12", "restricted");
        var away = new Neighbour("away", directory, loop, street);
        away.close();
        assertThatThrownBy(
                        () ->
                                beta.get(
                                        () ->
                                                beta.pdu.join(
                                                        room,
                                                        BOB,
                                                        List.of(alpha.name, away.name),
                                                        JsonObject.empty())))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        it -> assertThat(it.code()).isEqualTo(MatrixErrorCode.FORBIDDEN));
    }

    /// Who is let in believes only what is signed.
    @Test
    void anAnswerWithoutTheSignatureIsNoJoin() {
        openWithClub("12", "restricted");
        bobJoinsTheClub();
        alpha.roomSent = answer -> with(answer, Optional.empty());
        notJoined("the signature of alpha");
    }

    @Test
    void anAnswerWithTheJoinAsItWasSentIsNoJoin() {
        openWithClub("12", "restricted");
        bobJoinsTheClub();
        alpha.roomSent = answer -> with(answer, Optional.of(alpha.joins.getLast().pdu()));
        notJoined("the signature of alpha");
    }

    private static SendJoinAnswer with(SendJoinAnswer answer, Optional<RawPdu> event) {
        return new SendJoinAnswer(answer.state(), answer.authChain(), event, false, List.of());
    }

    @Test
    void aJoinForAnotherEventIdIsNotSigned() {
        openWithClub("12", "restricted");
        bobJoinsTheClub();
        var join = join(BOB, it -> it);
        var claimed = new SignedMembership(room, new EventId("$x"), join);
        refused(
                MatrixErrorCode.INVALID_PARAM,
                "its id is",
                () -> alpha.pdu.rooms().onSendJoin(beta.name, SendJoinRequest.whole(claimed)));
    }
}
