package org.stratafed.it;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;

/// What an identity server says of an invited e-mail address, without being one: the invitation for
/// the room, and later the proof that the address is a certain user's.
final class IdentityServer {

    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();
    private static final int PUBLIC_KEY_BYTES = 32;

    private final KeyPair keys;

    IdentityServer() {
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The content of `m.room.third_party_invite`. It names nobody to be asked about the key.
    JsonObject invitation() {
        var encoded = keys.getPublic().getEncoded();
        var key =
                BASE64.encodeToString(
                        Arrays.copyOfRange(
                                encoded, encoded.length - PUBLIC_KEY_BYTES, encoded.length));
        return JsonObject.builder()
                .put("display_name", "b…@example.org")
                .put("public_key", key)
                .put(
                        "public_keys",
                        JsonArray.of(List.of(JsonObject.builder().put("public_key", key).build())))
                .build();
    }

    /// `signed` of a redeemed invitation.
    JsonObject proof(String token, String user) {
        var bare = JsonObject.builder().put("mxid", user).put("token", token).build();
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(CanonicalJson.encode(bare));
            var signed =
                    JsonObject.builder()
                            .put("ed25519:0", BASE64.encodeToString(signature.sign()))
                            .build();
            return bare.with(
                    "signatures", JsonObject.builder().put("identity.invalid", signed).build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
