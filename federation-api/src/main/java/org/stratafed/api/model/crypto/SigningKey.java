package org.stratafed.api.model.crypto;

import java.util.Arrays;
import org.stratafed.api.model.id.KeyId;

/// A key this server signs with: the seed of an Ed25519 key pair. It never shows the seed, so
/// that it can't end up in a log.
///
/// @see <a href="https://spec.matrix.org/v1.19/appendices/#signing-json">Signing JSON</a>
public final class SigningKey {

    public static final int SEED_BYTES = 32;

    private final KeyId id;
    private final byte[] seed;

    public SigningKey(KeyId id, byte[] seed) {
        if (!id.isEd25519()) {
            throw new IllegalArgumentException("not an Ed25519 key: " + id);
        }
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("not a seed: " + seed.length + " bytes");
        }
        this.id = id;
        this.seed = seed.clone();
    }

    public KeyId id() {
        return id;
    }

    /// A copy of the secret.
    public byte[] seed() {
        return seed.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningKey key
                && id.equals(key.id)
                && Arrays.equals(seed, key.seed);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }
}
