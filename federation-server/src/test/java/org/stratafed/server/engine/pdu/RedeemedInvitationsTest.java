package org.stratafed.server.engine.pdu;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.layer.transport.IdentityKeys.Validity;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.exchange.AddressBound;
import org.stratafed.api.model.exchange.InvitationRedeemed;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.Signatures;
import org.stratafed.server.crypto.SignatureProviders;

/// Invitations of an address that alice made, redeemed by the user whose it is.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#third-party-invites">Third-party
///     invites</a>
class RedeemedInvitationsTest extends HandshakeStage {

    private static final Signatures SIGNATURES = SignatureProviders.fastest();
    private static final ServerName IDENTITIES = new ServerName("identities.org");
    private static final SigningKey KEY =
            new SigningKey(
                    new KeyId("ed25519:0"), "the identity server's own secret".getBytes(US_ASCII));

    @BeforeEach
    void bobHasAnAccount() {
        beta.get(() -> beta.stores().directory().addUser(BOB));
    }

    private void aliceInvitesAnAddress(String version) {
        create(version, "invite");
        var key = UnpaddedBase64.encode(SIGNATURES.verifyKey(KEY).bytes());
        var content =
                JsonObject.builder()
                        .put("display_name", "b...@example.org")
                        .put("key_validity_url", "https://identities.org/valid")
                        .put("public_key", key)
                        .build();
        var draft = EventDraft.state(room, ALICE, "m.room.third_party_invite", "token", content);
        alpha.get(() -> alpha.pdu.submit(draft, Optional.empty()));
    }

    private JsonObject redeemed() {
        var signed = JsonObject.builder().put("mxid", BOB.value()).put("token", "token").build();
        var signature =
                UnpaddedBase64.encode(SIGNATURES.sign(KEY, JsonSigning.signedBytes(signed)));
        return JsonObject.builder()
                .put("type", "m.room.member")
                .put("room_id", room.value())
                .put("sender", ALICE.value())
                .put("state_key", BOB.value())
                .put(
                        "content",
                        JsonObject.builder()
                                .put("membership", "invite")
                                .put("displayname", "not theirs to say")
                                .put(
                                        "third_party_invite",
                                        JsonObject.builder()
                                                .put("display_name", "b...@example.org")
                                                .put(
                                                        "signed",
                                                        JsonSigning.withSignature(
                                                                signed,
                                                                IDENTITIES,
                                                                KEY.id(),
                                                                signature))
                                                .build())
                                .build())
                .build();
    }

    private Supplier<Uni<?>> redeem(UnaryOperator<JsonObject> change) {
        var request = new InvitationRedeemed(room, change.apply(redeemed()));
        return () -> alpha.pdu.rooms().onExchangeThirdPartyInvite(beta.name, request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "10", "12"})
    void whoRedeemsAnInvitationIsInvited(String version) {
        aliceInvitesAnAddress(version);
        alpha.get(() -> redeem(it -> it).get().replaceWith(1));
        assertThat(membership(BOB).membership()).isEqualTo("invite");
        var invite =
                alpha.get(() -> alpha.pdu.state(room))
                        .orElseThrow()
                        .event("m.room.member", BOB.value())
                        .orElseThrow();
        assertThat(invite.sender()).isEqualTo(ALICE);
        assertThat(invite.content().has("third_party_invite")).isTrue();
        assertThat(invite.content().has("displayname")).isFalse();
        beta.get(this::joining);
    }

    @Test
    void theOwnerOfTheKeyIsAskedWhetherItIsStillGood() {
        aliceInvitesAnAddress("12");
        alpha.identityKeys = Validity.REVOKED;
        refused(MatrixErrorCode.FORBIDDEN, "not valid any more", redeem(it -> it));
        alpha.identityKeys = Validity.UNKNOWN;
        assertThat(refused(MatrixErrorCode.UNKNOWN, "nobody says", redeem(it -> it)).status())
                .isEqualTo(502);
        assertThat(beta.get(() -> beta.stores().timeline().memberships(BOB))).isEmpty();
        var key = UnpaddedBase64.encode(SIGNATURES.verifyKey(KEY).bytes());
        assertThat(alpha.keysChecked).containsOnly("https://identities.org/valid " + key);
        alpha.identityKeys = Validity.VALID;
        alpha.get(() -> redeem(it -> it).get().replaceWith(1));
        assertThat(membership(BOB).membership()).isEqualTo("invite");
        assertThat(beta.keysChecked).as("whoever is told of the invite").isEmpty();
    }

    /// Or anybody could have us ask anywhere.
    @Test
    void nobodyIsAskedAboutAProofThatIsNone() {
        aliceInvitesAnAddress("12");
        refused(MatrixErrorCode.FORBIDDEN, "None of the keys", redeem(this::unsigned));
        assertThat(alpha.keysChecked).isEmpty();
    }

    private JsonObject unsigned(JsonObject it) {
        var content = it.object("content").orElseThrow();
        var invitation = content.object("third_party_invite").orElseThrow();
        var signed = invitation.object("signed").orElseThrow().with("signatures", forged());
        return it.with(
                "content", content.with("third_party_invite", invitation.with("signed", signed)));
    }

    @Test
    void theInviteShowsWhatTheInviterCalledTheAddress() {
        aliceInvitesAnAddress("12");
        bound(BOB, BOB);
        assertThat(invitation(alpha).string("display_name")).contains("b...@example.org");
    }

    @Test
    void whoseAddressIsBoundIsInvitedThroughTheServerOfWhoInvitedIt() {
        aliceInvitesAnAddress("12");
        bound(BOB, BOB);
        assertThat(membership(BOB).membership()).isEqualTo("invite");
        assertThat(membership(BOB).event().sender()).isEqualTo(ALICE);
        beta.get(this::joining);
    }

    @Test
    void inARoomThatWeAreInTheInviteIsMadeHere() {
        aliceInvitesAnAddress("10");
        beta.get(() -> beta.stores().directory().addUser(BETTY));
        alpha.get(() -> alpha.pdu.invite(room, ALICE, BETTY, JsonObject.empty()));
        beta.get(() -> beta.pdu.join(room, BETTY, List.of(alpha.name), JsonObject.empty()));
        bound(BOB, BOB);
        assertThat(invitation(beta).string("display_name")).contains("b...@example.org");
        assertThat(beta.keysChecked).hasSize(1);
        assertThat(alpha.keysChecked).isEmpty();
        assertThat(
                        beta.get(() -> beta.pdu.state(room))
                                .orElseThrow()
                                .event("m.room.member", BOB.value()))
                .hasValueSatisfying(
                        invite -> {
                            assertThat(invite.sender()).isEqualTo(ALICE);
                            assertThat(invite.json().object("signatures").orElseThrow().keys())
                                    .containsExactly("beta");
                        });
        beta.push(alpha);
        assertThat(invitation(alpha).has("signed")).isTrue();
    }

    /// Which the rules would allow.
    @Test
    void whoIsInTheRoomAlreadyStaysIn() {
        aliceInvitesAnAddress("12");
        bound(BOB, BOB);
        beta.get(this::joining);
        refused(MatrixErrorCode.FORBIDDEN, "in the room already", redeem(it -> it));
        bound(BOB, BOB);
        assertThat(membership(BOB).membership()).isEqualTo("join");
        assertThat(
                        alpha.get(() -> alpha.pdu.state(room))
                                .orElseThrow()
                                .event("m.room.member", BOB.value())
                                .flatMap(it -> it.content().string("membership")))
                .contains("join");
    }

    @Test
    void anAddressOfSomebodyElseRedeemsNothing() {
        aliceInvitesAnAddress("12");
        beta.get(() -> beta.stores().directory().addUser(BETTY));
        bound(BETTY, BOB);
        bound(BETTY, BETTY);
        assertThat(beta.get(() -> beta.stores().timeline().memberships(BOB))).isEmpty();
        assertThat(beta.get(() -> beta.stores().timeline().memberships(BETTY))).isEmpty();
        var nobody = new UserId("@nobody:beta");
        refused(MatrixErrorCode.NOT_FOUND, "no user of this server", () -> binding(nobody, BOB));
        refused(MatrixErrorCode.NOT_FOUND, "no user of this server", () -> binding(ALICE, BOB));
    }

    @Test
    void whatCannotBeRedeemedIsToldToTheOperatorOnly() {
        aliceInvitesAnAddress("12");
        alpha.identityKeys = Validity.REVOKED;
        bound(BOB, BOB);
        assertThat(beta.get(() -> beta.stores().timeline().memberships(BOB))).isEmpty();
        assertThat(beta.refusals()).anyMatch(it -> it.contains("could not be redeemed"));
    }

    @Test
    void onlySoManyAreRedeemedAtOnce() {
        aliceInvitesAnAddress("12");
        var one = binding(BOB, BOB, 101);
        refused(MatrixErrorCode.LIMIT_EXCEEDED, "too many", () -> one);
        bound(BOB, BOB);
        assertThat(membership(BOB).membership()).isEqualTo("invite");
    }

    private void bound(UserId user, UserId signedFor) {
        beta.get(() -> binding(user, signedFor).replaceWith(1));
    }

    private Uni<Void> binding(UserId user, UserId signedFor) {
        return binding(user, signedFor, 1);
    }

    private Uni<Void> binding(UserId user, UserId signedFor, int times) {
        var signed =
                redeemed()
                        .object("content")
                        .flatMap(it -> it.object("third_party_invite"))
                        .flatMap(it -> it.object("signed"))
                        .orElseThrow();
        var invitation =
                new AddressBound.Invitation(
                        room,
                        user,
                        ALICE,
                        user.equals(signedFor)
                                ? signed.with("mxid", new JsonString(user.value()))
                                : signed);
        return beta.pdu
                .rooms()
                .onAddressBound(new AddressBound(user, Collections.nCopies(times, invitation)));
    }

    private JsonObject invitation(Neighbour server) {
        return server.get(() -> server.pdu.state(room))
                .orElseThrow()
                .event("m.room.member", BOB.value())
                .flatMap(it -> it.content().object("third_party_invite"))
                .orElseThrow();
    }

    @Test
    void aProofOfSomebodyElseIsNone() {
        aliceInvitesAnAddress("12");
        refused(
                MatrixErrorCode.FORBIDDEN,
                "not for @betty:beta",
                redeem(it -> it.with("state_key", new JsonString(BETTY.value()))));
    }

    @Test
    void aProofThatIsNotSignedIsNone() {
        aliceInvitesAnAddress("12");
        var forged = forged();
        refused(
                MatrixErrorCode.FORBIDDEN,
                "None of the keys",
                redeem(
                        it -> {
                            var content = it.object("content").orElseThrow();
                            var invitation = content.object("third_party_invite").orElseThrow();
                            var signed = invitation.object("signed").orElseThrow();
                            var by = JsonObject.builder().put(IDENTITIES.value(), forged).build();
                            return it.with(
                                    "content",
                                    content.with(
                                            "third_party_invite",
                                            invitation.with(
                                                    "signed", signed.with("signatures", by))));
                        }));
    }

    @ParameterizedTest
    @CsvSource({
        "type, m.room.topic, INVALID_PARAM, redeems no invitation",
        "sender, @carol:gamma, FORBIDDEN, no user of this server",
        "sender, carol, INVALID_PARAM, sender is no user",
        "state_key, @carol:gamma, FORBIDDEN, no user of beta",
        "room_id, !elsewhere:alpha, INVALID_PARAM, another room",
    })
    void whatIsNoInviteOfOursIsNotCompleted(
            String key, String value, MatrixErrorCode code, String why) {
        aliceInvitesAnAddress("12");
        refused(code, why, redeem(it -> it.with(key, new JsonString(value))));
    }

    @Test
    void anInvitationIsToARoomThatWeAreIn() {
        aliceInvitesAnAddress("12");
        room = new RoomId("!elsewhere:alpha");
        refused(MatrixErrorCode.NOT_FOUND, "not in room", redeem(it -> it));
    }
}
