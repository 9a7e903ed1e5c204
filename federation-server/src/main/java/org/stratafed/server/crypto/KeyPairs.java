package org.stratafed.server.crypto;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Optional;

/// Private keys and public keys that should be each other's.
public final class KeyPairs {

    private static final byte[] PROBE = {1, 2, 3};

    private KeyPairs() {}

    /// Whether what one signs is verified by the other. Native where that loads: a Java process
    /// that has just begun takes a quarter of a second for its first elliptic curve signature.
    ///
    /// @param algorithm of signatures, as in `SHA256withECDSA`
    /// @throws GeneralSecurityException if one of the keys isn't for this algorithm
    public static boolean match(String algorithm, PrivateKey secret, PublicKey published)
            throws GeneralSecurityException {
        var signature = signature(algorithm);
        signature.initSign(secret);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(published);
        signature.update(PROBE);
        return signature.verify(signed);
    }

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        Optional<Provider> provider =
                ConscryptEd25519.provider()
                        .filter(it -> it.getService("Signature", algorithm) != null);
        return provider.isPresent()
                ? Signature.getInstance(algorithm, provider.get())
                : Signature.getInstance(algorithm);
    }
}
