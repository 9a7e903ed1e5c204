package org.stratafed.server.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/// Ed25519 by a provider of the Java Cryptography Architecture.
final class JcaEd25519 implements Ed25519Provider {

    /// What stands before the key's bytes in the encodings that key factories read.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc8410">RFC 8410</a>
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final byte[] PKCS8_PREFIX =
            HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final String JDK_PROVIDER = "SunEC";

    private final Provider provider;
    private final String algorithm;
    private final KeyCache<PublicKey> publicKeys = new KeyCache<>(this::readPublic);
    private final KeyCache<PrivateKey> privateKeys = new KeyCache<>(this::readPrivate);

    /// @param algorithm what the provider calls Ed25519
    JcaEd25519(Provider provider, String algorithm) {
        this.provider = Objects.requireNonNull(provider, "provider");
        this.algorithm = algorithm;
    }

    /// The JDK's own. Every JDK has it, but it is slow.
    static JcaEd25519 ofJdk() {
        return new JcaEd25519(Security.getProvider(JDK_PROVIDER), "Ed25519");
    }

    @Override
    public String name() {
        return provider.getName() + " " + provider.getVersionStr();
    }

    @Override
    public byte[] sign(byte[] seed, byte[] message) {
        PrivateKey key =
                privateKeys.get(seed).orElseThrow(() -> new IllegalArgumentException("not a seed"));
        try {
            Signature signature = Signature.getInstance(algorithm, provider);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException("can't sign", defect);
        }
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        Optional<PublicKey> key = publicKeys.get(publicKey);
        return key.isPresent() && verify(key.get(), message, signature);
    }

    private boolean verify(PublicKey key, byte[] message, byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(algorithm, provider);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(bytes);
        } catch (InvalidKeyException | SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException("can't verify", defect);
        }
    }

    private Optional<PublicKey> readPublic(byte[] bytes) {
        try {
            var encoded = new X509EncodedKeySpec(concatenated(X509_PREFIX, bytes));
            return Optional.of(keyFactory().generatePublic(encoded));
        } catch (InvalidKeySpecException noKey) {
            return Optional.empty();
        }
    }

    private Optional<PrivateKey> readPrivate(byte[] seed) {
        try {
            var encoded = new PKCS8EncodedKeySpec(concatenated(PKCS8_PREFIX, seed));
            return Optional.of(keyFactory().generatePrivate(encoded));
        } catch (InvalidKeySpecException noKey) {
            return Optional.empty();
        }
    }

    private KeyFactory keyFactory() {
        try {
            return KeyFactory.getInstance(algorithm, provider);
        } catch (NoSuchAlgorithmException defect) {
            throw new IllegalStateException(name() + " has no " + algorithm, defect);
        }
    }

    private static byte[] concatenated(byte[] prefix, byte[] bytes) {
        byte[] whole = Arrays.copyOf(prefix, prefix.length + bytes.length);
        System.arraycopy(bytes, 0, whole, prefix.length, bytes.length);
        return whole;
    }
}
