package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.SendJoinRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersion;

/// What a resident server checks of others' joins and leaves, sentence by sentence.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#joining-rooms">Joining rooms</a>
class ResidentChecksTest extends HandshakeStage {

    @Test
    void aTemplateIsForUsersOfWhoAsks() {
        create("12", "public");
        refused(MatrixErrorCode.FORBIDDEN, "no user of beta", () -> makeJoin(ALICE));
        refused(MatrixErrorCode.FORBIDDEN, "no user of beta", () -> makeLeave(ALICE));
    }

    @Test
    void aTemplateIsForRoomsThatWeAreIn() {
        room = new RoomId("!nowhere:alpha");
        refused(MatrixErrorCode.NOT_FOUND, "not in room", () -> makeJoin(BOB));
        refused(MatrixErrorCode.NOT_FOUND, "not in room", () -> makeLeave(BOB));
    }

    @Test
    void aJoinIsForServersThatKnowTheRoomsVersion() {
        create("12", "public");
        var old = List.of(new RoomVersion("10"), new RoomVersion("11"));
        var failure =
                refused(
                        MatrixErrorCode.INCOMPATIBLE_ROOM_VERSION,
                        "12",
                        () ->
                                alpha.pdu
                                        .rooms()
                                        .onMakeJoin(
                                                beta.name, new MembershipRequest(room, BOB, old)));
        assertThat(failure.body().string("room_version")).hasValue("12");
    }

    @Test
    void aTemplateIsForWhoMayJoinOrLeaveNow() {
        create("12", "invite");
        refused(MatrixErrorCode.FORBIDDEN, "rule", () -> makeJoin(BOB));
        refused(MatrixErrorCode.FORBIDDEN, "rule", () -> makeLeave(BOB));
    }

    @Test
    void aJoinHasToBeSignedByItsSendersServer() {
        create("12", "public");
        var signed = join(BOB, it -> it);
        var changed = signed.json().with("origin_server_ts", JsonNumber.of(7));
        refused(MatrixErrorCode.FORBIDDEN, "signature", () -> sendJoin(new RawPdu(changed)));
        var unsigned = signed.json().with("signatures", JsonObject.empty());
        refused(MatrixErrorCode.FORBIDDEN, "not signed", () -> sendJoin(new RawPdu(unsigned)));
    }

    @Test
    void aJoinHasToBeAnEventOfTheRoomsVersion() {
        create("12", "public");
        var malformed = join(BOB, it -> it.without("depth"));
        refused(MatrixErrorCode.INVALID_PARAM, "depth", () -> sendJoin(malformed));
    }

    @Test
    void aJoinHasToBeAMembershipEvent() {
        create("12", "public");
        var other = join(BOB, it -> it.with("type", new JsonString("m.room.topic")));
        refused(MatrixErrorCode.INVALID_PARAM, "no membership event", () -> sendJoin(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"leave", "invite", "ban", "knock"})
    void aJoinHasToBeAJoin(String membership) {
        create("12", "public");
        var other = join(BOB, it -> it.with("content", content(membership)));
        refused(MatrixErrorCode.INVALID_PARAM, "no join", () -> sendJoin(other));
    }

    @Test
    void aJoinHasToBeOfAUserOfWhoSendsIt() {
        create("12", "public");
        var join = join(BOB, it -> it);
        var claimed = new SignedMembership(room, id(join), join);
        refused(
                MatrixErrorCode.INVALID_PARAM,
                "no user of gamma",
                () ->
                        alpha.pdu
                                .rooms()
                                .onSendJoin(
                                        new ServerName("gamma"), SendJoinRequest.whole(claimed)));
    }

    @Test
    void aJoinHasToBeOfTheSenderItself() {
        create("12", "public");
        var other = join(BOB, it -> it.with("state_key", new JsonString(BETTY.value())));
        refused(MatrixErrorCode.INVALID_PARAM, "not its sender", () -> sendJoin(other));
    }

    @Test
    void aJoinHasToBeForTheRoomOfThePath() {
        create("12", "public");
        var join = join(BOB, it -> it);
        create("12", "public");
        var claimed = new SignedMembership(room, id(join), join);
        refused(
                MatrixErrorCode.INVALID_PARAM,
                "another room",
                () -> alpha.pdu.rooms().onSendJoin(beta.name, SendJoinRequest.whole(claimed)));
    }

    @Test
    void aJoinHasToBeTheEventOfThePath() {
        create("12", "public");
        var claimed = new SignedMembership(room, new EventId("$other"), join(BOB, it -> it));
        refused(
                MatrixErrorCode.INVALID_PARAM,
                "its id is",
                () -> alpha.pdu.rooms().onSendJoin(beta.name, SendJoinRequest.whole(claimed)));
    }

    @Test
    void aJoinHasToBeAllowedByTheRoom() {
        create("12", "public");
        var join = join(BOB, it -> it);
        alpha.get(() -> alpha.pdu.submit(member(ALICE, BOB, "ban"), Optional.empty()));
        refused(MatrixErrorCode.FORBIDDEN, "rule", () -> sendJoin(join));
        assertThat(alpha.get(() -> alpha.stores().timeline().everResident(room, beta.name)))
                .isFalse();
    }

    @Test
    void aJoinIsAnsweredWithTheStateBeforeIt() {
        create("12", "public");
        var join = join(BOB, it -> it);
        var answer = alpha.get(() -> sendJoin(join));
        assertThat(ids(answer.state())).doesNotContain(id(join)).contains(id(create(answer)));
        assertThat(answer.membersOmitted()).isFalse();
        assertThat(alpha.get(() -> alpha.pdu.state(room)).orElseThrow())
                .satisfies(
                        now ->
                                assertThat(
                                                now.event("m.room.member", BOB.value())
                                                        .orElseThrow()
                                                        .id())
                                        .isEqualTo(id(join)));
        // A retry gets the same answer.
        assertThat(alpha.get(() -> sendJoin(join))).isEqualTo(answer);
    }

    @Test
    void aLeaveIsCheckedAsAJoinIs() {
        create("12", "public");
        joinThroughAlpha();
        var leave = leave(BOB, it -> it);
        refused(
                MatrixErrorCode.FORBIDDEN,
                "signature",
                () -> sendLeave(new RawPdu(leave.json().with("depth", JsonNumber.of(99)))));
        refused(
                MatrixErrorCode.INVALID_PARAM,
                "no membership event",
                sending(it -> it.with("type", new JsonString("m.room.name"))));
        refused(
                MatrixErrorCode.INVALID_PARAM,
                "no leave",
                sending(it -> it.with("content", content("join"))));
        refused(
                MatrixErrorCode.INVALID_PARAM,
                "not its sender",
                sending(it -> it.with("state_key", new JsonString(ALICE.value()))));
        refused(MatrixErrorCode.INVALID_PARAM, "depth", sending(it -> it.without("depth")));
        var claimed = new SignedMembership(room, id(leave), leave);
        refused(
                MatrixErrorCode.INVALID_PARAM,
                "no user of gamma",
                () -> alpha.pdu.rooms().onSendLeave(new ServerName("gamma"), claimed));
        refused(
                MatrixErrorCode.INVALID_PARAM,
                "its id is",
                () ->
                        alpha.pdu
                                .rooms()
                                .onSendLeave(
                                        beta.name,
                                        new SignedMembership(room, new EventId("$x"), leave)));
        alpha.get(() -> sendLeave(leave));
        assertThat(alpha.get(() -> alpha.stores().timeline().residentServers(room)))
                .doesNotContain(beta.name);
    }
}
