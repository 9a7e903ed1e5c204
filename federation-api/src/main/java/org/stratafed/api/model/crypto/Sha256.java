package org.stratafed.api.model.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hash that events are identified and protected by.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#signing-events">
///     Signing events</a>
public final class Sha256 {

    public static final int DIGEST_BYTES = 32;

    private Sha256() {}

    public static byte[] digest(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
