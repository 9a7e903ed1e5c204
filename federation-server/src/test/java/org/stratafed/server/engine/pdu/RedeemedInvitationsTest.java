package org.stratafed.server.engine.pdu;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.exchange.InvitationRedeemed;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
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
