package org.stratafed.server.crypto;

import java.security.Provider;
import java.util.Optional;
import org.conscrypt.Conscrypt;

/// Ed25519 by BoringSSL: native code, and the fastest there is where it has a library for the
/// platform. It is not installed as a provider for anybody else.
final class ConscryptEd25519 implements Ed25519Provider {

    private static final String ALGORITHM = "EdDSA";

    private final Ed25519Provider conscrypt;

    private ConscryptEd25519(Ed25519Provider conscrypt) {
        this.conscrypt = conscrypt;
    }

    /// Empty where the library isn't there, doesn't load, or can't do Ed25519.
    static Optional<ConscryptEd25519> load() {
        return provider()
                .filter(provider -> provider.getService("Signature", ALGORITHM) != null)
                .map(provider -> new ConscryptEd25519(new JcaEd25519(provider, ALGORITHM)));
    }

    /// Empty where the library isn't there or doesn't load.
    static Optional<Provider> provider() {
        try {
            return Conscrypt.isAvailable()
                    ? Optional.of(Conscrypt.newProvider())
                    : Optional.empty();
        } catch (LinkageError notForThisPlatform) {
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return conscrypt.name();
    }

    @Override
    public byte[] sign(byte[] seed, byte[] message) {
        return conscrypt.sign(seed, message);
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return conscrypt.verify(publicKey, message, signature);
    }
}
