package org.stratafed.server.engine.pdu.auth;

import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.spi.Signatures;

/// Real signatures, without the care that hostile ones need.
final class Ed25519 implements Signatures {

    private static final int SIGNATURE_BYTES = 64;

    private int verifications;

    @Override
    public byte[] sign(SigningKey key, byte[] message) {
        var signature = new byte[SIGNATURE_BYTES];
        org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
                key.seed(), 0, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public boolean verify(VerifyKey key, byte[] message, byte[] signature) {
        verifications++;
        return signature.length == SIGNATURE_BYTES
                && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                        signature, 0, key.bytes(), 0, message, 0, message.length);
    }

    @Override
    public VerifyKey verifyKey(SigningKey key) {
        var bytes = new byte[VerifyKey.KEY_BYTES];
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(key.seed(), 0, bytes, 0);
        return new VerifyKey(key.id(), bytes);
    }

    int verifications() {
        return verifications;
    }
}
