package org.stratafed.server.engine.pdu.auth;

import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.spi.Signatures;

/// For checks that have no business with signatures: to be asked is a failure.
final class NoSignatures implements Signatures {

    @Override
    public byte[] sign(SigningKey key, byte[] message) {
        throw new AssertionError("asked to sign");
    }

    @Override
    public boolean verify(VerifyKey key, byte[] message, byte[] signature) {
        throw new AssertionError("asked to verify");
    }

    @Override
    public VerifyKey verifyKey(SigningKey key) {
        throw new AssertionError("asked for a key");
    }
}
