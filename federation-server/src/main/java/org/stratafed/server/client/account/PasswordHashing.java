package org.stratafed.server.client.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Hashes passwords with Argon2id, written as PHC strings, so that each hash says how it was made.
///
/// A hash takes some ten milliseconds and 19 MiB: not for an event loop.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9106">RFC 9106</a>
final class PasswordHashing {

    /// The least that OWASP recommends, which a small server can bear several of at a time.
    private static final Cost COST = new Cost(19_456, 2, 1);

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private static final Pattern PHC =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)"
                            + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final SecureRandom random;

    PasswordHashing(SecureRandom random) {
        this.random = random;
    }

    private record Cost(int memoryKib, int passes, int lanes) {}

    String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return phc(salt, argon2id(password, salt, COST, HASH_BYTES));
    }

    /// A hash that is no password's, made at once. Checking against it takes as long as against any
    /// other.
    String ofNoPassword() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = new byte[HASH_BYTES];
        random.nextBytes(hash);
        return phc(salt, hash);
    }

    private static String phc(byte[] salt, byte[] hash) {
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        COST.memoryKib(),
                        COST.passes(),
                        COST.lanes(),
                        base64.encodeToString(salt),
                        base64.encodeToString(hash));
    }

    /// Whether the hash is one of this password. Takes as long whether it is or not.
    static boolean matches(String password, String phc) {
        Matcher parts = PHC.matcher(phc);
        if (!parts.matches()) {
            throw new IllegalStateException("not a password hash of this server");
        }
        var cost = new Cost(number(parts, 1), number(parts, 2), number(parts, 3));
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        byte[] salt = Base64.getDecoder().decode(parts.group(4));
        return MessageDigest.isEqual(expected, argon2id(password, salt, cost, expected.length));
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    private static byte[] argon2id(String password, byte[] salt, Cost cost, int hashBytes) {
        var generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(cost.memoryKib())
                        .withIterations(cost.passes())
                        .withParallelism(cost.lanes())
                        .withSalt(salt)
                        .build());
        byte[] hash = new byte[hashBytes];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
