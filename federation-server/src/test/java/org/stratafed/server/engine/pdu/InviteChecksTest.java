package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.InviteRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersion;

/// What both ends of an invite check of each other's event.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#inviting-to-a-room">Inviting to a
///     room</a>
class InviteChecksTest extends HandshakeStage {

    @Test
    void anInviteIsOfAVersionThatWeKnow() {
        create("12", "invite");
        var invite = inviteRequest(BOB);
        refused(
                MatrixErrorCode.INCOMPATIBLE_ROOM_VERSION,
                "not supported",
                () ->
                        ask(
                                new InviteRequest(
                                        room,
                                        invite.event(),
                                        new RoomVersion("99"),
                                        invite.pdu(),
                                        invite.roomState())));
    }

    @Test
    void anInviteHasToBeSignedByItsSendersServer() {
        create("12", "invite");
        var pdu = inviteRequest(BOB).pdu();
        inviteIsRefused(
                MatrixErrorCode.FORBIDDEN,
                "signature",
                new RawPdu(pdu.json().with("depth", JsonNumber.of(3))));
    }

    @Test
    void anInviteHasToBeAnInvite() {
        create("12", "invite");
        inviteIsRefused(
                MatrixErrorCode.INVALID_PARAM,
                "no membership event",
                made(it -> it.with("type", new JsonString("m.room.topic"))));
        inviteIsRefused(
                MatrixErrorCode.INVALID_PARAM,
                "no invite",
                made(it -> it.with("content", content("join"))));
    }

    @Test
    void anInviteHasToBeByAUserOfWhoSendsIt() {
        create("12", "invite");
        var request = inviteRequest(BOB);
        refused(
                MatrixErrorCode.INVALID_PARAM,
                "no user of gamma",
                () -> beta.pdu.rooms().onInvite(new ServerName("gamma"), request));
    }

    @Test
    void anInviteHasToBeOfAUserOfOurs() {
        create("12", "invite");
        inviteIsRefused(
                MatrixErrorCode.INVALID_PARAM,
                "no user of beta",
                made(it -> it.with("state_key", new JsonString("@carol:gamma"))));
        inviteIsRefused(
                MatrixErrorCode.INVALID_PARAM,
                "no user of beta",
                made(it -> it.with("state_key", new JsonString("nobody"))));
    }

    @Test
    void anInviteHasToBeOfSomebodyWhoExists() {
        create("12", "invite");
        var request = inviteRequest(BETTY);
        refused(MatrixErrorCode.NOT_FOUND, "no user", () -> ask(request));
    }

    @Test
    void anInviteHasToBeTheEventAndForTheRoomOfThePath() {
        create("12", "invite");
        var request = inviteRequest(BOB);
        refused(
                MatrixErrorCode.INVALID_PARAM,
                "its id is",
                () ->
                        ask(
                                new InviteRequest(
                                        room,
                                        new EventId("$x"),
                                        request.version(),
                                        request.pdu(),
                                        request.roomState())));
        refused(
                MatrixErrorCode.INVALID_PARAM,
                "another room",
                () ->
                        ask(
                                new InviteRequest(
                                        new RoomId("!x:alpha"),
                                        request.event(),
                                        request.version(),
                                        request.pdu(),
                                        request.roomState())));
    }

    @Test
    void anInviteComesBackWithOurSignatureAndNothingElseChanged() {
        create("12", "invite");
        var request = inviteRequest(BOB);
        var answer = beta.get(() -> ask(request));
        assertThat(answer.json().without("signatures"))
                .isEqualTo(request.pdu().json().without("signatures"));
        var signatures = answer.json().object("signatures").orElseThrow();
        assertThat(signatures.keys()).containsExactlyInAnyOrder("alpha", "beta");
        assertThat(signatures.object("alpha"))
                .isEqualTo(request.pdu().json().object("signatures").orElseThrow().object("alpha"));
        assertThat(membership(BOB).membership()).isEqualTo("invite");
    }

    @Test
    void anInviteHasToComeBackSignedByTheInvitedUsersServer() {
        create("12", "invite");
        beta.get(() -> beta.stores().directory().addUser(BOB));
        for (var tamper :
                List.<UnaryOperator<RawPdu>>of(
                        it -> new RawPdu(it.json().without("signatures")),
                        it -> new RawPdu(it.json().with("depth", JsonNumber.of(77))),
                        it -> new RawPdu(JsonObject.empty()),
                        it ->
                                new RawPdu(
                                        it.json()
                                                .with(
                                                        "signatures",
                                                        it.json()
                                                                .object("signatures")
                                                                .orElseThrow()
                                                                .with("beta", forged()))))) {
            beta.inviteSigned = tamper;
            assertThatThrownBy(() -> invite(BOB))
                    .isInstanceOfSatisfying(
                            MatrixException.class,
                            refusal -> assertThat(refusal.status()).isEqualTo(502));
        }
        assertThat(alpha.get(() -> alpha.pdu.state(room)).orElseThrow())
                .satisfies(
                        state -> assertThat(state.event("m.room.member", BOB.value())).isEmpty());
    }

    @Test
    void ofTheAnswerOnlyTheSignatureIsTaken() {
        create("12", "invite");
        beta.get(() -> beta.stores().directory().addUser(BOB));
        beta.inviteSigned =
                it ->
                        new RawPdu(
                                it.json()
                                        .with(
                                                "content",
                                                content("invite").with("x", new JsonString("y"))));
        var id = invite(BOB);
        var stored = alpha.get(() -> alpha.stores().rooms().events(room, List.of(id))).get(id);
        assertThat(stored.status()).isEqualTo(EventStatus.ACCEPTED);
        assertThat(stored.pdu().content()).isEqualTo(content("invite"));
        assertThat(stored.pdu().json().object("signatures").orElseThrow().keys())
                .containsExactlyInAnyOrder("alpha", "beta");
    }
}
