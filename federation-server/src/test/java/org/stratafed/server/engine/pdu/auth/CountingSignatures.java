package org.stratafed.server.engine.pdu.auth;

import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.spi.Signatures;
import org.stratafed.server.crypto.SignatureProviders;

/// Real signatures, and how often they were asked to verify one.
final class CountingSignatures implements Signatures {

    private final Signatures real = SignatureProviders.pureJava();

    private int verifications;

    @Override
    public byte[] sign(SigningKey key, byte[] message) {
        return real.sign(key, message);
    }

    @Override
    public boolean verify(VerifyKey key, byte[] message, byte[] signature) {
        verifications++;
        return real.verify(key, message, signature);
    }

    @Override
    public VerifyKey verifyKey(SigningKey key) {
        return real.verifyKey(key);
    }

    int verifications() {
        return verifications;
    }
}
