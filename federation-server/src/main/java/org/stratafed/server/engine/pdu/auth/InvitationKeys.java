package org.stratafed.server.engine.pdu.auth;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.Signatures;

/// The public keys that came with the invitation of an address.
///
/// Whether they are still good their owner alone could say, now and to whoever asks. So that is
/// for the server that completes the invitation, and never a question here.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#mroomthird_party_invite">
///     `m.room.third_party_invite`</a>
public final class InvitationKeys {

    /// How many pairs of key and signature are tried. Two events full of them would have half a
    /// million; an identity server gives two keys and one signature.
    static final int VERIFICATIONS_MAX = 1_000;

    /// Keys come without names here, and signatures count whatever they are named after.
    private static final KeyId UNNAMED = new KeyId("ed25519:0");

    private final SequencedMap<VerifyKey, Told> keys;

    private InvitationKeys(SequencedMap<VerifyKey, Told> keys) {
        this.keys = Collections.unmodifiableSequencedMap(keys);
    }

    /// A key as the invitation has it.
    ///
    /// @param validityUrl where its owner says whether it is still good; one without is good for
    ///     ever
    public record Told(String publicKey, Optional<String> validityUrl) {}

    /// The one in `public_key` and those in `public_keys`, as far as they are keys.
    public static InvitationKeys of(JsonObject invitation) {
        SequencedMap<VerifyKey, Told> keys = new LinkedHashMap<>();
        add(invitation, keys);
        invitation
                .array("public_keys")
                .map(JsonArray::objects)
                .orElse(List.of())
                .forEach(it -> add(it, keys));
        return new InvitationKeys(keys);
    }

    /// A key that is there twice counts as it stands first.
    private static void add(JsonObject object, SequencedMap<VerifyKey, Told> keys) {
        key(object)
                .ifPresent(
                        key ->
                                keys.putIfAbsent(
                                        key,
                                        new Told(
                                                object.string("public_key").orElseThrow(),
                                                object.string("key_validity_url"))));
    }

    /// The keys that have signed the object, as far as that was tried.
    public List<Told> signers(JsonObject signed, Signatures signatures) {
        byte[] message = JsonSigning.signedBytes(signed);
        var all = signatures(signed);
        var signers = new ArrayList<Told>();
        int verifications = 0;
        for (var key : keys.entrySet()) {
            for (byte[] signature : all) {
                if (++verifications > VERIFICATIONS_MAX) {
                    return signers;
                }
                if (signatures.verify(key.getKey(), message, signature)) {
                    signers.add(key.getValue());
                    break;
                }
            }
        }
        return signers;
    }

    /// Whether any signature of the object is any key's.
    boolean haveSigned(JsonObject signed, Signatures signatures) {
        byte[] message = JsonSigning.signedBytes(signed);
        int verifications = 0;
        for (byte[] signature : signatures(signed)) {
            for (VerifyKey key : keys.keySet()) {
                if (++verifications > VERIFICATIONS_MAX) {
                    return false;
                }
                if (signatures.verify(key, message, signature)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Optional<VerifyKey> key(JsonObject object) {
        return object.string("public_key")
                .flatMap(UnpaddedBase64::decodeEither)
                .filter(bytes -> bytes.length == VerifyKey.KEY_BYTES)
                .map(bytes -> new VerifyKey(UNNAMED, bytes));
    }

    /// All Ed25519 signatures, whoever's they claim to be.
    private static List<byte[]> signatures(JsonObject signed) {
        var signatures = new ArrayList<byte[]>();
        var byEntity = signed.object("signatures").orElse(JsonObject.empty());
        for (var ofEntity : byEntity.members().values()) {
            if (ofEntity instanceof JsonObject byKey) {
                byKey.members()
                        .forEach(
                                (key, value) -> {
                                    if (key.startsWith(KeyId.ED25519 + ":")
                                            && value instanceof JsonString(var base64)) {
                                        UnpaddedBase64.decodeEither(base64)
                                                .ifPresent(signatures::add);
                                    }
                                });
            }
        }
        return signatures;
    }
}
