package org.stratafed.server.crypto;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.spi.Signatures;

/// Ed25519 by some library, behind checks that make all of them give the same verdict.
public final class StrictSignatures implements Signatures {

    private final Ed25519Provider provider;

    StrictSignatures(Ed25519Provider provider) {
        this.provider = provider;
    }

    /// Whose Ed25519 it is, for logs.
    public String providerName() {
        return provider.name();
    }

    @Override
    public byte[] sign(SigningKey key, byte[] message) {
        return provider.sign(key.seed(), message);
    }

    @Override
    public boolean verify(VerifyKey key, byte[] message, byte[] signature) {
        byte[] bytes = key.bytes();
        return Ed25519Encoding.isStrictKey(bytes)
                && Ed25519Encoding.isStrictSignature(signature)
                && provider.verify(bytes, message, signature);
    }

    /// Seldom asked for, so one library is enough.
    @Override
    public VerifyKey verifyKey(SigningKey key) {
        var bytes = new byte[VerifyKey.KEY_BYTES];
        Ed25519.generatePublicKey(key.seed(), 0, bytes, 0);
        return new VerifyKey(key.id(), bytes);
    }
}
