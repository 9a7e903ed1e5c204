package org.stratafed.server.engine.pdu.policy;

import java.util.Optional;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.Signatures;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.EventSignatures;

/// The server that a room has chosen to look at its events before they are shown, and the key that
/// it signs those with which it lets pass.
///
/// @param key empty if what the room says is no key: then nothing can be let pass
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#policy-servers">Policy
///     servers</a>
public record PolicyServer(ServerName name, Optional<VerifyKey> key) {

    /// What a room names its policy server with.
    public static final StateKeyTuple NAMED_BY = new StateKeyTuple("m.room.policy", "");

    /// Every policy server's key has this name.
    public static final KeyId KEY_ID = EventSignatures.POLICY_SERVER_KEY;

    /// The one that the content of such an event names, if it is complete. Whether it has anybody
    /// in the room, without which it is not the room's, is another question.
    public static Optional<PolicyServer> namedIn(JsonObject content) {
        var key = content.object("public_keys").flatMap(keys -> keys.string("ed25519"));
        return content.string("via")
                .flatMap(ServerName::parse)
                .filter(_ -> key.isPresent())
                .map(name -> new PolicyServer(name, key.flatMap(PolicyServer::key)));
    }

    /// Keys in events come in either alphabet.
    private static Optional<VerifyKey> key(String base64) {
        return UnpaddedBase64.decodeEither(base64)
                .filter(bytes -> bytes.length == VerifyKey.KEY_BYTES)
                .map(bytes -> new VerifyKey(KEY_ID, bytes));
    }

    /// Whether no policy server is ever asked about the event: a room can always choose another
    /// one.
    public static boolean isExempt(Pdu event) {
        return event.isState(NAMED_BY.type(), NAMED_BY.stateKey());
    }

    public boolean hasSigned(RoomVersionRules rules, Pdu event, Signatures signatures) {
        return key.filter(it -> EventSignatures.isSigned(rules, event, name, it, signatures))
                .isPresent();
    }

    /// The event with what the policy server answered. Signatures it has are kept: the policy
    /// server may be its sender's server as well.
    public static Pdu withSignature(
            RoomVersionRules rules, Pdu event, PolicyAnswer.Signature signature) {
        var signed =
                JsonSigning.withSignature(event.json(), signature.by(), KEY_ID, signature.base64());
        return EventParser.event(rules, signed);
    }

    /// The event with a policy server's signature of another copy of it, if that has one. Whether
    /// it is the right one's, and good, shows when the event is checked.
    public static Pdu withSignatureOf(RoomVersionRules rules, Pdu event, RawPdu copy) {
        var all = copy.json().object("signatures").orElse(JsonObject.empty());
        return all.keys().stream()
                .flatMap(name -> ServerName.parse(name).stream())
                .flatMap(
                        name ->
                                signatureIn(all, name).stream()
                                        .map(it -> new PolicyAnswer.Signature(name, it)))
                .findFirst()
                .map(signature -> withSignature(rules, event, signature))
                .orElse(event);
    }

    /// What it answered for this event, of an answer as it comes.
    static Optional<String> signatureIn(JsonObject answer, ServerName name) {
        return answer.object(name.value()).flatMap(keys -> keys.string(KEY_ID.value()));
    }

    /// The event as it is sent to be signed.
    static RawPdu question(Pdu event) {
        return new RawPdu(event.json());
    }
}
