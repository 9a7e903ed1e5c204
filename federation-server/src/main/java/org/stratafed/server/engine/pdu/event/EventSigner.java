package org.stratafed.server.engine.pdu.event;

import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.Signatures;

/// Makes an event its sender's: hashes all of it, and signs what redaction would leave.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#signing-events">
///     Adding hashes and signatures to outgoing events</a>
public final class EventSigner {

    private EventSigner() {}

    /// The event with its content hash and the server's signature. Other hashes and signatures it
    /// came with are left out, for they were made for another event.
    public static JsonObject sign(
            RoomVersionRules rules,
            JsonObject event,
            ServerName server,
            SigningKey key,
            Signatures signatures) {
        var hashes = JsonObject.builder().put("sha256", ContentHash.of(event)).build();
        var hashed = event.with("hashes", hashes).with("signatures", JsonObject.empty());
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
}
