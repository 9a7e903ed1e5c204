package org.stratafed.server.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.stratafed.server.crypto.Edwards25519.Point;

/// A key and a signature by it that fulfil the equation but for what was added on purpose to the
/// key and to `R`.
record ForgedSignature(Point keyTorsion, Point rTorsion, byte[] key, byte[] message, byte[] bytes) {

    /// Adds points of small order to the key `secret·B` and to `R = nonce·B`.
    static ForgedSignature of(
            BigInteger secret, BigInteger nonce, Point keyTorsion, Point rTorsion, String text) {
        byte[] key = Edwards25519.BASE.times(secret).plus(keyTorsion).bytes();
        byte[] r = Edwards25519.BASE.times(nonce).plus(rTorsion).bytes();
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        BigInteger s =
                Edwards25519.challenge(r, key, message)
                        .multiply(secret)
                        .add(nonce)
                        .mod(Edwards25519.L);
        return new ForgedSignature(keyTorsion, rTorsion, key, message, joined(r, s));
    }

    /// Whether `S·B = R + k·A` holds as it stands, which is when the added points cancel out.
    boolean holdsWithoutCofactor() {
        byte[] r = Arrays.copyOf(bytes, 32);
        BigInteger k = Edwards25519.challenge(r, key, message);
        return rTorsion.plus(keyTorsion.times(k)).equals(Edwards25519.IDENTITY);
    }

    /// The same with `S` not reduced, which fulfils the equation too.
    byte[] withGroupOrderAdded() {
        byte[] s = Arrays.copyOfRange(bytes, 32, 64);
        return joined(
                Arrays.copyOf(bytes, 32), Edwards25519.fromLittleEndian(s).add(Edwards25519.L));
    }

    private static byte[] joined(byte[] r, BigInteger s) {
        byte[] bytes = Arrays.copyOf(r, 64);
        System.arraycopy(Edwards25519.littleEndian(s), 0, bytes, 32, 32);
        return bytes;
    }
}
