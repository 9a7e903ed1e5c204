package org.stratafed.simulator.host;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.Sha256;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.Signatures;

/// The key that a virtual server signs with, and those that it signed with before.
final class KeyChain {

    private final ServerName server;
    private final List<ServerKey> old = new ArrayList<>();
    private SigningKey current;

    KeyChain(ServerName server) {
        this.server = server;
        current = key(1);
    }

    /// The same in every run, so that signatures made in one are known in the next.
    private SigningKey key(int number) {
        var secret = "the key of " + server + (number == 1 ? "" : ", number " + number);
        return new SigningKey(
                new KeyId("ed25519:" + number),
                Sha256.digest(secret.getBytes(StandardCharsets.UTF_8)));
    }

    SigningKey current() {
        return current;
    }

    /// What others know who have asked for it.
    ServerKey published(Signatures signatures, long validUntil) {
        return new ServerKey(signatures.verifyKey(current), validUntil, OptionalLong.empty());
    }

    List<ServerKey> old() {
        return List.copyOf(old);
    }

    /// All that it has ever signed with, by their public halves.
    List<VerifyKey> all(Signatures signatures) {
        var all = new ArrayList<VerifyKey>();
        old.forEach(key -> all.add(key.key()));
        all.add(signatures.verifyKey(current));
        return all;
    }

    /// @param expired when the current one has gone out of use, in milliseconds since the epoch
    void rotate(Signatures signatures, long expired) {
        old.add(new ServerKey(signatures.verifyKey(current), expired, OptionalLong.of(expired)));
        current = key(old.size() + 1);
    }
}
