package org.stratafed.server.engine.pdu.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.json;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertAllowed;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertDenied;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.JsonSigning;

/// Rule 4.4.1 of room versions 10 and 11, rule 5.4.1 of room version 12. Bob has invited an
/// address, and the identity server found out that it is Carol's.
class ThirdPartyInvitesTest {

    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";
    private static final ServerName BETA = new ServerName("beta");
    private static final ServerName IDENTITY_SERVER = new ServerName("identity.example");

    private final CountingSignatures signatures = new CountingSignatures();
    private final SigningKey key = key(1);
    private final SigningKey otherKey = key(2);

    @EveryVersion
    void rule5p4p1AllowsWhatIsSignedWithTheInvitationsKey(String version) {
        var room = invited(version, withKey(key));

        assertAllowed(room.check(redeemed(room), signatures));
    }

    /// The branch is final, so that neither Bob's power matters nor whether he is still there.
    @EveryVersion
    void rule5p4p1DoesNotLookAtTheSendersMembershipOrPower(String version) {
        var room = invited(version, withKey(key)).level("invite", 100);
        room.membership(BOB, "leave").membership(CAROL, "join");

        assertAllowed(room.check(redeemed(room), signatures));
    }

    @EveryVersion
    void rule5p4p1p1DeniesWhoIsBanned(String version) {
        var room = invited(version, withKey(key)).membership(CAROL, "ban");

        assertDenied(room, redeemed(room), "4.4.1.1", "5.4.1.1");
    }

    @EveryVersion
    void rule5p4p1p2DeniesWhatHasNothingSigned(String version) {
        var room = invited(version, withKey(key));

        for (String invite : new String[] {"{}", "null", "'x'", "[]", "{'signed': 'x'}"}) {
            var content = "{'membership': 'invite', 'third_party_invite': %s}".formatted(invite);
            assertDenied(room, redeemed(room).content(content), "4.4.1.2", "5.4.1.2");
        }
    }

    @EveryVersion
    void rule5p4p1p3DeniesWhatSaysNotWhoRedeemsWhat(String version) {
        var room = invited(version, withKey(key));

        for (String signed :
                new String[] {
                    "{}",
                    "{'mxid': '@carol:gamma'}",
                    "{'token': 'secret'}",
                    "{'mxid': 1, 'token': 'secret'}",
                    "{'mxid': '@carol:gamma', 'token': 1}"
                }) {
            assertDenied(room, redeemed(room, json(signed)), "4.4.1.3", "5.4.1.3");
        }
    }

    @EveryVersion
    void rule5p4p1p4DeniesAnotherTarget(String version) {
        var room = invited(version, withKey(key));

        assertDenied(room, redeemed(room).stateKey("@dave:delta"), "4.4.1.4", "5.4.1.4");
    }

    @EveryVersion
    void rule5p4p1p5DeniesATokenThatTheRoomDoesNotHave(String version) {
        var room = invited(version, withKey(key)).without(AuthTypes.THIRD_PARTY_INVITE, "secret");

        assertDenied(room, redeemed(room), "4.4.1.5", "5.4.1.5");
    }

    @EveryVersion
    void rule5p4p1p6DeniesAnotherSenderThanTheInvitations(String version) {
        var room = invited(version, withKey(key));

        assertDenied(room, redeemed(room).by(RoomFixture.ALICE), "4.4.1.6", "5.4.1.6");
    }

    @EveryVersion
    void rule5p4p1p7AllowsAnyOfTheKeys(String version) {
        var keys =
                "{'public_key': '%s', 'public_keys': [{'public_key': '%s'}, {}, 1,"
                        + " {'public_key': 'short'}, {'public_key': '%s'}]}";
        var room = invited(version, keys.formatted(base64(key(3)), base64(otherKey), base64(key)));

        assertAllowed(room.check(redeemed(room), signatures));
    }

    @EveryVersion
    void rule5p4p1p7AllowsAKeyInUrlSafeBase64(String version) {
        var url = UnpaddedBase64.encodeUrl(signatures.verifyKey(key(7)).bytes());
        assertThat(url).containsAnyOf("-", "_");
        var room = invited(version, "{'public_key': '%s'}".formatted(url));

        assertAllowed(room.check(redeemed(room, signed(key(7))), signatures));
    }

    /// A decision: what holds for keys holds for signatures, as deployed servers read both alike.
    @EveryVersion
    void rule5p4p1p7AllowsASignatureInUrlSafeBase64(String version) {
        var room = invited(version, withKey(key));
        var signature = signatures.sign(key, JsonSigning.signedBytes(signed(key)));
        var url = UnpaddedBase64.encodeUrl(signature);
        assertThat(url).containsAnyOf("-", "_");
        var signed = JsonSigning.withSignature(signed(otherKey), BETA, key.id(), url);

        assertAllowed(room.check(redeemed(room, signed), signatures));
    }

    @EveryVersion
    void rule5p4p1p7AllowsAnyOfTheSignatures(String version) {
        var room = invited(version, withKey(key));
        var signed = JsonSigning.sign(signed(otherKey), BETA, key, signatures);

        assertAllowed(room.check(redeemed(room, signed), signatures));
    }

    @EveryVersion
    void rule5p4p1p8DeniesWhatIsSignedWithAnotherKey(String version) {
        var room = invited(version, withKey(otherKey));

        assertDenied(room, room.check(redeemed(room), signatures), "4.4.1.8", "5.4.1.8");
    }

    @EveryVersion
    void rule5p4p1p8DeniesWhatWasChangedAfterItWasSigned(String version) {
        var room = invited(version, withKey(key));
        var changed = signed(key).with("extra", JsonObject.empty());

        assertDenied(room, room.check(redeemed(room, changed), signatures), "4.4.1.8", "5.4.1.8");
    }

    @EveryVersion
    void rule5p4p1p8DeniesWhatIsNotSigned(String version) {
        var room = invited(version, withKey(key));

        assertDenied(
                room,
                room.check(redeemed(room, signed(key).without("signatures")), signatures),
                "4.4.1.8",
                "5.4.1.8");
    }

    @EveryVersion
    void rule5p4p1p8DeniesASignatureOfAnotherAlgorithm(String version) {
        var room = invited(version, withKey(key));
        var signature =
                UnpaddedBase64.encode(signatures.sign(key, JsonSigning.signedBytes(signed(key))));
        var signed =
                signed(key)
                        .with(
                                "signatures",
                                json(
                                        "{'identity.example': {'curve25519:0': '%s'}}"
                                                .formatted(signature)));

        assertDenied(room, room.check(redeemed(room, signed), signatures), "4.4.1.8", "5.4.1.8");
    }

    @EveryVersion
    void rule5p4p1p8DeniesWhereTheInvitationHasNoKey(String version) {
        var room = invited(version, "{'public_keys': 'none'}");

        assertDenied(room, room.check(redeemed(room), signatures), "4.4.1.8", "5.4.1.8");
    }

    /// Two events can hold enough keys and signatures to keep a server busy for a minute.
    @Test
    void rule5p4p1p7StopsTryingAtSomePoint() {
        var keys = new StringBuilder("{'public_keys': [");
        for (int i = 10; i < 60; i++) {
            keys.append("{'public_key': '").append(base64(key(i))).append("'}, ");
        }
        var room = invited("12", keys + "{}]}");
        var signed = signed(key);
        var bytes = new byte[64];
        for (int i = 0; i < 60; i++) {
            bytes[0] = (byte) i;
            signed =
                    JsonSigning.withSignature(
                            signed, BETA, new KeyId("ed25519:" + i), UnpaddedBase64.encode(bytes));
        }

        assertDenied(room.check(redeemed(room, signed), signatures), "5.4.1.8");
        assertThat(signatures.verifications()).isEqualTo(InvitationKeys.VERIFICATIONS_MAX);
    }

    private RoomFixture invited(String version, String invitation) {
        var room = publicRoom(version).joined(BOB);
        return room.with(
                room.state(AuthTypes.THIRD_PARTY_INVITE, "secret")
                        .by(BOB)
                        .content(invitation)
                        .build());
    }

    private EventFixture redeemed(RoomFixture room) {
        return redeemed(room, signed(key));
    }

    private EventFixture redeemed(RoomFixture room, JsonObject signed) {
        return room.member(BOB, CAROL, "invite")
                .content(
                        "third_party_invite",
                        json("{'display_name': 'c...'}").with("signed", signed));
    }

    private JsonObject signed(SigningKey key) {
        return JsonSigning.sign(
                json("{'mxid': '@carol:gamma', 'token': 'secret'}"),
                IDENTITY_SERVER,
                key,
                signatures);
    }

    private String withKey(SigningKey key) {
        return "{'public_key': '%s'}".formatted(base64(key));
    }

    private String base64(SigningKey key) {
        return UnpaddedBase64.encode(signatures.verifyKey(key).bytes());
    }

    private static SigningKey key(int number) {
        var seed = new byte[SigningKey.SEED_BYTES];
        Arrays.fill(seed, (byte) number);
        return new SigningKey(new KeyId("ed25519:0"), seed);
    }
}
