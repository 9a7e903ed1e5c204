package org.stratafed.server.crypto;

import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;

/// Ed25519 in pure Java: runs everywhere, at about half of Conscrypt's speed.
///
/// The library multiplies the equation by the cofactor, so it lets signatures pass that hold but
/// for a torsion part of the key or of `R`. Whoever signs can add one on purpose, hence what passes
/// is looked at once more: without a torsion part on either side both equations say the same, and
/// with one the JDK is asked, which doesn't multiply.
final class BouncyCastleEd25519 implements Ed25519Provider {

    private final Ed25519Provider cofactorless = JcaEd25519.ofJdk();
    private final KeyCache<Key> keys = new KeyCache<>(Key::read);

    @Override
    public String name() {
        return "BouncyCastle";
    }

    @Override
    public byte[] sign(byte[] seed, byte[] message) {
        var signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        Optional<Key> key = keys.get(publicKey);
        if (key.isEmpty()
                || !Ed25519.verify(signature, 0, key.get().point(), message, 0, message.length)) {
            return false;
        }
        boolean torsionFree =
                key.get().torsionFree() && Ed25519.validatePublicKeyFull(signature, 0);
        return torsionFree || cofactorless.verify(publicKey, message, signature);
    }

    /// @param torsionFree whether the point's order is that of the base point
    private record Key(PublicPoint point, boolean torsionFree) {

        static Optional<Key> read(byte[] bytes) {
            PublicPoint point = Ed25519.validatePublicKeyPartialExport(bytes, 0);
            return point == null
                    ? Optional.empty()
                    : Optional.of(new Key(point, Ed25519.validatePublicKeyFull(bytes, 0)));
        }
    }
}
