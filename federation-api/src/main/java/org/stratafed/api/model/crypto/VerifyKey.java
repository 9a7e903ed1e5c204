package org.stratafed.api.model.crypto;

import java.util.Arrays;
import java.util.Optional;
import org.stratafed.api.model.id.KeyId;

/// The public half of an Ed25519 key, under the name its owner gave it.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#publishing-keys">Publishing
///     keys</a>
public final class VerifyKey {

    public static final int KEY_BYTES = 32;

    private final KeyId id;
    private final byte[] bytes;

    public VerifyKey(KeyId id, byte[] bytes) {
        if (!id.isEd25519()) {
            throw new IllegalArgumentException("not an Ed25519 key: " + id);
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("not a public key: " + bytes.length + " bytes");
        }
        this.id = id;
        this.bytes = bytes.clone();
    }

    /// For keys a remote server sent, in standard base64: a malformed one, or one for another
    /// algorithm, is an answer, not a bug.
    public static Optional<VerifyKey> parse(KeyId id, String base64) {
        return id.isEd25519()
                ? UnpaddedBase64.decode(base64)
                        .filter(bytes -> bytes.length == KEY_BYTES)
                        .map(bytes -> new VerifyKey(id, bytes))
                : Optional.empty();
    }

    public KeyId id() {
        return id;
    }

    /// A copy of the key as Ed25519 encodes it.
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyKey key
                && id.equals(key.id)
                && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return id + " " + UnpaddedBase64.encode(bytes);
    }
}
