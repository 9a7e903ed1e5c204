package org.stratafed.api.spi;

import java.util.Optional;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;

/// Signing JSON: the signature covers the canonical JSON of the object without `signatures` and
/// `unsigned`.
///
/// @see <a href="https://spec.matrix.org/v1.19/appendices/#signing-json">Signing JSON</a>
public final class JsonSigning {

    private JsonSigning() {}

    /// The bytes that a signature of the object covers.
    public static byte[] signedBytes(JsonObject object) {
        return CanonicalJson.encode(object.without("signatures", "unsigned"));
    }

    /// The object with one more signature; those it has are kept.
    public static JsonObject sign(
            JsonObject object, ServerName entity, SigningKey key, Signatures signatures) {
        var signature = UnpaddedBase64.encode(signatures.sign(key, signedBytes(object)));
        return withSignature(object, entity, key.id(), signature);
    }

    /// The object with this signature (unpadded base64) added.
    public static JsonObject withSignature(
            JsonObject object, ServerName entity, KeyId key, String signature) {
        var all = object.object("signatures").orElse(JsonObject.empty());
        var ofEntity = all.object(entity.value()).orElse(JsonObject.empty());
        return object.with(
                "signatures",
                all.with(entity.value(), ofEntity.with(key.value(), new JsonString(signature))));
    }

    /// The object's signature by this entity and key, as bytes; empty when it has none or it is
    /// not base64, of either alphabet.
    public static Optional<byte[]> signature(JsonObject object, ServerName entity, KeyId key) {
        return object.object("signatures")
                .flatMap(all -> all.object(entity.value()))
                .flatMap(ofEntity -> ofEntity.string(key.value()))
                .flatMap(UnpaddedBase64::decodeEither);
    }

    /// Whether the object is validly signed by this entity with this key.
    public static boolean verify(
            JsonObject object, ServerName entity, VerifyKey key, Signatures signatures) {
        return signature(object, entity, key.id())
                .map(signature -> signatures.verify(key, signedBytes(object), signature))
                .orElse(false);
    }
}
