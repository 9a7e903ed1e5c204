package org.stratafed.server.engine.pdu.event;

import org.stratafed.api.model.crypto.Sha256;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.Signatures;

/// Makes an event its sender's: hashes all of it, and signs what redaction would leave.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#signing-events">
///     Adding hashes and signatures to outgoing events</a>
public final class EventSigner {

    private EventSigner() {}

    /// So many that the ID of an event is not too long, however long its server's name.
    private static final int OPAQUE_CHARS = 22;

    /// The event with its content hash and the server's signature, and with an ID where that isn't
    /// a hash and the event has none yet. Other hashes and signatures it came with are left out,
    /// for they were made for another event.
    public static JsonObject sign(
            RoomVersionRules rules,
            JsonObject event,
            ServerName server,
            SigningKey key,
            Signatures signatures) {
        var named = named(rules, event, server);
        var hashes = JsonObject.builder().put("sha256", ContentHash.of(named)).build();
        var hashed = named.with("hashes", hashes).with("signatures", JsonObject.empty());
        return addSignature(rules, hashed, server, key, signatures);
    }

    /// The event with one more signature and otherwise as it was: to vouch for somebody else's
    /// event, such as an invite to one of our users or a join that one of ours lets in.
    public static JsonObject addSignature(
            RoomVersionRules rules,
            JsonObject event,
            ServerName server,
            SigningKey key,
            Signatures signatures) {
        var signature = UnpaddedBase64.encode(signatures.sign(key, SignedPart.bytes(rules, event)));
        return JsonSigning.withSignature(event, server, key.id(), signature);
    }

    /// What an event is named after is its own hash here too: nobody's business, but it takes no
    /// chance and is never given twice.
    private static JsonObject named(RoomVersionRules rules, JsonObject event, ServerName server) {
        if (rules.eventIdFormat().isReferenceHash() || event.has("event_id")) {
            return event;
        }
        var digest = Sha256.digest(CanonicalJson.encode(event));
        var opaque = UnpaddedBase64.encodeUrl(digest).substring(0, OPAQUE_CHARS);
        return event.with("event_id", new JsonString("$" + opaque + ":" + server));
    }
}
