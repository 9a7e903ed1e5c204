package org.stratafed.server.crypto;

/// The libraries that can do Ed25519 here. Whichever it is, the verdicts are the same.
public final class SignatureProviders {

    private SignatureProviders() {}

    /// Native where that loads, else pure Java. Make one and share it: it keeps keys.
    public static StrictSignatures fastest() {
        return ConscryptEd25519.load()
                .map(StrictSignatures::new)
                .orElseGet(SignatureProviders::pureJava);
    }

    /// Needs no native code.
    public static StrictSignatures pureJava() {
        return new StrictSignatures(new BouncyCastleEd25519());
    }
}
