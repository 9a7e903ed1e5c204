package org.stratafed.simulator.check.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;

/// "If `content` has a `third_party_invite` property", the first of the rules on invites.
final class ThirdPartyIsInvited {

    private ThirdPartyIsInvited() {}

    static Optional<Ruling> apply(Terms terms, int number) {
        // 1. If *target user* is banned, reject.
        if (terms.membershipOf(terms.stateKey()).equals("ban")) {
            return Ruling.reject(number + ".1.1");
        }
        // 2. If `content.third_party_invite` does not have a `signed` property, reject.
        var signed =
                terms.content().object("third_party_invite").flatMap(it -> it.object("signed"));
        if (signed.isEmpty()) {
            return Ruling.reject(number + ".1.2");
        }
        // 3. If `signed` does not have `mxid` and `token` properties, reject.
        var mxid = signed.get().string("mxid");
        var token = signed.get().string("token");
        if (mxid.isEmpty() || token.isEmpty()) {
            return Ruling.reject(number + ".1.3");
        }
        // 4. If `mxid` does not match `state_key`, reject.
        if (!mxid.get().equals(terms.stateKey())) {
            return Ruling.reject(number + ".1.4");
        }
        // 5. If there is no `m.room.third_party_invite` event in the current room state with
        // `state_key` matching `token`, reject.
        var invite = terms.state().event("m.room.third_party_invite", token.get());
        if (invite.isEmpty()) {
            return Ruling.reject(number + ".1.5");
        }
        // 6. If `sender` does not match `sender` of the `m.room.third_party_invite`, reject.
        if (!terms.event().sender().equals(invite.get().sender())) {
            return Ruling.reject(number + ".1.6");
        }
        // 7. If any signature in `signed` matches any public key in the `m.room.third_party_invite`
        // event, allow.
        if (isSignedWithAny(signed.get(), publicKeys(invite.get()), terms)) {
            return Ruling.allow(number + ".1.7");
        }
        // 8. Otherwise, reject.
        return Ruling.reject(number + ".1.8");
    }

    private static List<String> publicKeys(Pdu invite) {
        var keys = new ArrayList<String>();
        // 7.1. A single public key in the `public_key` property.
        invite.content().string("public_key").ifPresent(keys::add);
        // 7.2. A list of public keys in the `public_keys` property.
        var listed = invite.content().array("public_keys").orElse(JsonArray.empty());
        for (var entry : listed.objects()) {
            entry.string("public_key").ifPresent(keys::add);
        }
        return keys;
    }

    private static boolean isSignedWithAny(JsonObject signed, List<String> keys, Terms terms) {
        var signatures = signed.object("signatures").orElse(JsonObject.empty());
        for (var entity : signatures.keys()) {
            for (var id : signatures.object(entity).orElse(JsonObject.empty()).keys()) {
                for (var key : keys) {
                    var verifyKey = key(id, key);
                    if (verifyKey.isPresent()
                            && terms.proofs().isSignedWith(signed, entity, verifyKey.get())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static Optional<VerifyKey> key(String id, String base64) {
        return KeyId.parse(id)
                .filter(KeyId::isEd25519)
                .flatMap(
                        keyId ->
                                UnpaddedBase64.decodeEither(base64)
                                        .filter(bytes -> bytes.length == VerifyKey.KEY_BYTES)
                                        .map(bytes -> new VerifyKey(keyId, bytes)));
    }
}
