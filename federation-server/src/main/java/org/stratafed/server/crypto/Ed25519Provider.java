package org.stratafed.server.crypto;

/// A library's Ed25519, as it is. Only for inputs that [Ed25519Encoding] lets pass do all of them
/// agree. Called from any thread.
interface Ed25519Provider {

    /// Who it is, for logs.
    String name();

    /// The 64-byte signature.
    byte[] sign(byte[] seed, byte[] message);

    /// Whether `S·B = R + k·A`, without multiplying by the cofactor. Bytes that are no key are
    /// `false`.
    boolean verify(byte[] publicKey, byte[] message, byte[] signature);
}
