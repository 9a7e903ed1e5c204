package org.stratafed.server.engine.pdu.event;

import java.util.Arrays;
import java.util.Optional;
import org.stratafed.api.model.crypto.Sha256;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonObject;

/// The hash over an event as its sender wrote it, which tells whether all of it is still there.
///
/// Signatures cover the hash and not what it is over, so that an event can be redacted and still
/// be proved its sender's.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#signing-events">
///     Calculating the content hash for an event</a>
public final class ContentHash {

    private ContentHash() {}

    /// The hash as it stands in `hashes.sha256`.
    public static String of(JsonObject event) {
        return UnpaddedBase64.encode(digest(event));
    }

    /// Whether the event is as its sender hashed it. No hash, or none that can be read, is no.
    public static boolean matches(JsonObject event) {
        return claimed(event).filter(hash -> Arrays.equals(hash, digest(event))).isPresent();
    }

    private static Optional<byte[]> claimed(JsonObject event) {
        return event.object("hashes")
                .flatMap(hashes -> hashes.string("sha256"))
                .flatMap(UnpaddedBase64::decodeEither);
    }

    private static byte[] digest(JsonObject event) {
        return Sha256.digest(
                CanonicalJson.encode(event.without("unsigned", "signatures", "hashes")));
    }
}
