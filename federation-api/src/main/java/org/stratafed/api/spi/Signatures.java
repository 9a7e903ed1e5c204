package org.stratafed.api.spi;

import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.VerifyKey;

/// Ed25519. Every implementation gives the same verdict on every input: small-order and
/// non-canonical public keys and `R`, and `S` not below the group order, are refused before any
/// library is asked, since libraries differ there and a crafted signature could split a room.
public interface Signatures {

    /// The 64-byte signature of the message.
    byte[] sign(SigningKey key, byte[] message);

    /// Whether the signature is the key's over the message. Malformed input is `false`, not an
    /// error.
    boolean verify(VerifyKey key, byte[] message, byte[] signature);

    /// The public half of a signing key.
    VerifyKey verifyKey(SigningKey key);
}
