package org.stratafed.server.engine.pdu.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.pdu.event.TestEvents.DOMAIN;
import static org.stratafed.server.engine.pdu.event.TestEvents.KEY;
import static org.stratafed.server.engine.pdu.event.TestEvents.OTHER;
import static org.stratafed.server.engine.pdu.event.TestEvents.SIGNATURES;
import static org.stratafed.server.engine.pdu.event.TestEvents.TS;
import static org.stratafed.server.engine.pdu.event.TestEvents.V11;
import static org.stratafed.server.engine.pdu.event.TestEvents.current;
import static org.stratafed.server.engine.pdu.event.TestEvents.json;
import static org.stratafed.server.engine.pdu.event.TestEvents.key;
import static org.stratafed.server.engine.pdu.event.TestEvents.keys;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.JsonSigning;

/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#signing-events">
///     Validating hashes and signatures on received events</a>
class EventSignaturesTest {

    private static final SigningKey SECOND = key("ed25519:second");
    private static final SigningKey POLICY = key("ed25519:policy_server");
    private static final JsonObject SIGNED = TestEvents.signedMessage(V11);
    private static final KeyBook NONE = KeyBook.empty();

    @Test
    void aSignatureOfTheSendersServerIsEnough() {
        assertSigned(SIGNED, keys());
        assertThat(wanted(SIGNED)).containsExactly(new WantedKey(DOMAIN, KEY.id(), TS));
    }

    @Test
    void aSignatureByAnyOtherServerIsNot() {
        JsonObject event = EventSigner.addSignature(V11, unsigned(), OTHER, KEY, SIGNATURES);
        assertUnsigned(event, keys().with(OTHER, current(KEY)));
        assertThat(wanted(event)).isEmpty();
    }

    @Test
    void noSignatureIsNot() {
        assertUnsigned(unsigned(), keys());
        assertUnsigned(SIGNED.with("signatures", json("{'domain': {}}")), keys());
    }

    @Test
    void theSignatureIsOverWhatRedactionLeaves() {
        assertSigned(SIGNED.with("content", json("{'body': 'another'}")), keys());
        assertUnsigned(SIGNED.with("depth", json("{'x': 4}").get("x").orElseThrow()), keys());
        assertUnsigned(SIGNED.with("hashes", json("{'sha256': ''}")), keys());
    }

    @Test
    void theSignatureMayBeInEitherAlphabet() {
        String signature = TestEvents.signatureBy(SIGNED, KEY);
        String urlSafe = signature.replace('+', '-').replace('/', '_');
        assertThat(urlSafe).isNotEqualTo(signature);
        assertSigned(JsonSigning.withSignature(SIGNED, DOMAIN, KEY.id(), urlSafe), keys());
        assertSigned(JsonSigning.withSignature(SIGNED, DOMAIN, KEY.id(), signature + "=="), keys());
    }

    // Which keys count.

    @Test
    void anUnknownKeyIsSkippedButOneMustBeKnown() {
        JsonObject event = JsonSigning.withSignature(SIGNED, DOMAIN, SECOND.id(), "wrong");
        assertSigned(event, keys());
        assertUnsigned(event, NONE);
        assertThat(wanted(event)).extracting(WantedKey::key).containsExactly(KEY.id(), SECOND.id());
    }

    @Test
    void allSignaturesByKnownKeysMustBeRight() {
        JsonObject right = EventSigner.addSignature(V11, SIGNED, DOMAIN, SECOND, SIGNATURES);
        JsonObject wrong =
                JsonSigning.withSignature(
                        SIGNED, DOMAIN, SECOND.id(), TestEvents.signatureBy(SIGNED, KEY));
        KeyBook both = keys().with(DOMAIN, current(SECOND));
        assertSigned(right, both);
        assertUnsigned(wrong, both);
        assertUnsigned(JsonSigning.withSignature(SIGNED, DOMAIN, SECOND.id(), "!"), both);
    }

    @Test
    void otherAlgorithmsAndNamesThatAreNoneAreSkipped() {
        JsonObject event =
                SIGNED.with(
                        "signatures",
                        json(
                                "{'domain': {'rsa:1': 'x', '': 'x', 'ed25519': 'x', '%s': '%s'}}"
                                        .formatted(KEY.id(), TestEvents.signatureBy(SIGNED, KEY))));
        assertSigned(event, keys());
        assertThat(wanted(event)).extracting(WantedKey::key).containsExactly(KEY.id());
    }

    @Test
    void aKeyMustHaveBeenValidWhenTheEventWasSent() {
        assertSigned(SIGNED, validUntil(TS));
        assertUnsigned(SIGNED, validUntil(TS - 1));
    }

    @Test
    void aKeyThatRanOutProvesEventsFromBeforeOnly() {
        assertSigned(SIGNED, expired(TS));
        assertUnsigned(SIGNED, expired(TS - 1));
    }

    @Test
    void aKeyThatRanOutIsSkippedAndSoIsItsWrongSignature() {
        JsonObject event = JsonSigning.withSignature(SIGNED, DOMAIN, SECOND.id(), "wrong");
        var expired = new ServerKey(SIGNATURES.verifyKey(SECOND), 0, OptionalLong.of(TS - 1));
        assertSigned(event, keys().with(DOMAIN, expired));
    }

    @Test
    void anotherServersKeyByTheSameNameIsNoUse() {
        assertUnsigned(SIGNED, NONE.with(OTHER, current(KEY)));
        var impostor = new SigningKey(new KeyId(KEY.id().value()), new byte[SigningKey.SEED_BYTES]);
        assertUnsigned(SIGNED, NONE.with(DOMAIN, current(impostor)));
    }

    /// Its key isn't published: whatever is under that name isn't the policy server's.
    @Test
    void thePolicyServersSignatureSaysNothing() {
        JsonObject wrong = JsonSigning.withSignature(SIGNED, DOMAIN, POLICY.id(), "wrong");
        KeyBook both = keys().with(DOMAIN, current(POLICY));
        assertSigned(wrong, both);
        assertThat(wanted(wrong)).extracting(WantedKey::key).containsExactly(KEY.id());
        JsonObject only = EventSigner.addSignature(V11, unsigned(), DOMAIN, POLICY, SIGNATURES);
        assertUnsigned(only, both);
    }

    // Who has to sign.

    @Test
    void aThirdPartyInviteNeedsNotBeSignedByItsSendersServer() {
        JsonObject invite = unsignedMember("{'membership': 'invite', 'third_party_invite': {}}");
        assertSigned(invite, NONE);
        assertThat(wanted(invite)).isEmpty();
        assertUnsigned(unsignedMember("{'membership': 'invite'}"), keys());
        assertUnsigned(unsignedMember("{'membership': 'join', 'third_party_invite': {}}"), keys());
        JsonObject message = unsignedMember("{'membership': 'invite', 'third_party_invite': {}}");
        assertUnsigned(message.with("type", json("{'x': 'X'}").get("x").orElseThrow()), keys());
    }

    @ParameterizedTest
    @ValueSource(strings = {"join", "leave", "invite"})
    void whoeverAuthorisedAMembershipHasToSignItToo(String membership) {
        JsonObject event =
                signedMember(
                        "{'membership': '%s', 'join_authorised_via_users_server': '@b:other'}"
                                .formatted(membership));
        assertUnsigned(event, keys().with(OTHER, current(SECOND)));
        JsonObject both = EventSigner.addSignature(V11, event, OTHER, SECOND, SIGNATURES);
        assertSigned(both, keys().with(OTHER, current(SECOND)));
        assertUnsigned(both, keys());
        assertThat(wanted(both))
                .containsExactly(
                        new WantedKey(DOMAIN, KEY.id(), TS), new WantedKey(OTHER, SECOND.id(), TS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "'b:other'", "'@b'"})
    void whoAuthorisedItMustBeAUser(String user) {
        JsonObject event =
                signedMember(
                        "{'membership': 'join', 'join_authorised_via_users_server': %s}"
                                .formatted(user));
        assertUnsigned(event, keys());
        assertThat(wanted(event)).isEmpty();
    }

    @Test
    void ofOtherEventsNobodyAuthorisesAMembership() {
        JsonObject message = TestEvents.message(V11);
        var content = json("{'join_authorised_via_users_server': '@b:other'}");
        assertSigned(TestEvents.signed(V11, message.with("content", content)), keys());
    }

    // Signing.

    @Test
    void signingReplacesWhatTheTemplateCameWith() {
        JsonObject template =
                TestEvents.message(V11)
                        .with("hashes", json("{'sha256': 'x', 'md5': 'y'}"))
                        .with("signatures", json("{'other': {'ed25519:1': 'z'}}"));
        assertThat(TestEvents.signed(V11, template)).isEqualTo(SIGNED);
    }

    @Test
    void coSigningChangesNothingButTheSignatures() {
        JsonObject changed = SIGNED.with("content", json("{'body': 'tampered with'}"));
        JsonObject both = EventSigner.addSignature(V11, changed, OTHER, SECOND, SIGNATURES);
        assertThat(both.without("signatures")).isEqualTo(changed.without("signatures"));
        assertThat(both.object("signatures").orElseThrow().without("other"))
                .isEqualTo(SIGNED.object("signatures").orElseThrow());
        assertSigned(both, keys());
    }

    private static void assertSigned(JsonObject event, KeyBook keys) {
        assertThat(check(event, keys)).isEmpty();
    }

    private static void assertUnsigned(JsonObject event, KeyBook keys) {
        assertThat(check(event, keys)).isPresent();
    }

    private static Optional<String> check(JsonObject event, KeyBook keys) {
        return EventSignatures.check(V11, EventParser.event(V11, event), keys, SIGNATURES);
    }

    private static List<WantedKey> wanted(JsonObject event) {
        return EventSignatures.wanted(V11, EventParser.event(V11, event));
    }

    private static JsonObject unsigned() {
        return SIGNED.with("signatures", JsonObject.empty());
    }

    private static JsonObject unsignedMember(String content) {
        return TestEvents.member(V11, content);
    }

    private static JsonObject signedMember(String content) {
        return TestEvents.signed(V11, TestEvents.member(V11, content));
    }

    private static KeyBook validUntil(long ts) {
        return NONE.with(
                DOMAIN, new ServerKey(SIGNATURES.verifyKey(KEY), ts, OptionalLong.empty()));
    }

    private static KeyBook expired(long ts) {
        return NONE.with(DOMAIN, new ServerKey(SIGNATURES.verifyKey(KEY), 0, OptionalLong.of(ts)));
    }
}
