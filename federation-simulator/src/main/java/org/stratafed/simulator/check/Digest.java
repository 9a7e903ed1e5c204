package org.stratafed.simulator.check;

import java.nio.ByteBuffer;
import org.stratafed.api.model.crypto.Sha256;

/// A body by its hash, where there are too many bodies to keep: half of SHA-256, which takes no two
/// different ones for the same.
record Digest(long high, long low) {

    static Digest of(byte[] bytes) {
        var digest = ByteBuffer.wrap(Sha256.digest(bytes));
        return new Digest(digest.getLong(), digest.getLong());
    }
}
