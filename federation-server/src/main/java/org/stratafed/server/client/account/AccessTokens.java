package org.stratafed.server.client.account;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.stratafed.api.model.crypto.Sha256;

/// Access tokens: 256 bits nobody can guess, of which only a hash is kept.
final class AccessTokens {

    /// Lets scanners for leaked secrets know one.
    private static final String PREFIX = "strata_";

    private static final int TOKEN_BYTES = 32;

    private AccessTokens() {}

    static String fresh(SecureRandom random) {
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    static byte[] hash(String token) {
        return Sha256.digest(token.getBytes(StandardCharsets.UTF_8));
    }
}
