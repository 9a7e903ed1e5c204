package org.stratafed.simulator.host;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stratafed.api.model.crypto.Sha256;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.spi.Signatures;

/// Signatures that are made and verified once for all virtual servers: that one has verified a
/// signature means that the next one would come to the same result.
///
/// The results follow from what is asked alone, so remembering more or less changes no run.
public final class MemoizedSignatures implements Signatures {

    private static final int REMEMBERED_MAX = 50_000;

    private static final byte[] NONE = new byte[0];

    private final Signatures signatures;
    private final Map<Question, byte[]> made = remembering();
    private final Map<Question, Boolean> verified = remembering();
    private final Map<Secret, VerifyKey> publicHalves = new LinkedHashMap<>();

    public MemoizedSignatures(Signatures signatures) {
        this.signatures = signatures;
    }

    private static <V> Map<Question, V> remembering() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Question, V> eldest) {
                return size() > REMEMBERED_MAX;
            }
        };
    }

    @Override
    public byte[] sign(SigningKey key, byte[] message) {
        var question = new Question(verifyKey(key), Sha256.digest(message), NONE);
        var known = made.get(question);
        if (known == null) {
            known = signatures.sign(key, message);
            made.put(question, known);
            // What was made like that is what verifying it comes to.
            verified.put(new Question(question.key(), question.digest(), known), true);
        }
        return known.clone();
    }

    @Override
    public boolean verify(VerifyKey key, byte[] message, byte[] signature) {
        var question = new Question(key, Sha256.digest(message), signature.clone());
        var known = verified.get(question);
        if (known == null) {
            known = signatures.verify(key, message, signature);
            verified.put(question, known);
        }
        return known;
    }

    @Override
    public VerifyKey verifyKey(SigningKey key) {
        return publicHalves.computeIfAbsent(
                new Secret(key.id(), ByteBuffer.wrap(key.seed())), _ -> signatures.verifyKey(key));
    }

    /// Of a thousand servers, all keys have the same ID.
    private record Secret(KeyId id, ByteBuffer seed) {}

    private record Question(VerifyKey key, byte[] digest, byte[] signature) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Question(var itsKey, var itsDigest, var itsSignature)
                    && Arrays.equals(digest, itsDigest)
                    && Arrays.equals(signature, itsSignature)
                    && key.equals(itsKey);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(digest);
        }
    }
}
