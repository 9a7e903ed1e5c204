package org.stratafed.server.client.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordHashingTest {

    private final PasswordHashing hashing = new PasswordHashing(new SecureRandom());

    @Test
    void aPasswordMatchesItsHashAndNoOtherDoes() {
        String hash = hashing.hash("correct horse");

        assertThat(PasswordHashing.matches("correct horse", hash)).isTrue();
        assertThat(PasswordHashing.matches("correct horsf", hash)).isFalse();
        assertThat(PasswordHashing.matches("", hash)).isFalse();
    }

    @Test
    void theSamePasswordIsHashedToSomethingElseEachTime() {
        assertThat(hashing.hash("secret")).isNotEqualTo(hashing.hash("secret"));
    }

    @Test
    void hashesSayHowTheyWereMade() {
        assertThat(hashing.hash("secret")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    /// Made with the `argon2` command of the reference implementation, with other costs than ours.
    @Test
    void aHashWithOtherCostsStillMatches() {
        String hash =
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                        + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(PasswordHashing.matches("password", hash)).isTrue();
        assertThat(PasswordHashing.matches("passwort", hash)).isFalse();
    }

    @Test
    void theHashOfNoPasswordMatchesNothingAndCostsAsMuchToCheck() {
        String hash = hashing.ofNoPassword();

        assertThat(withoutHash(hash))
                .hasSameSizeAs(withoutHash(hashing.hash("secret")))
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(PasswordHashing.matches("", hash)).isFalse();
        assertThat(PasswordHashing.matches("secret", hash)).isFalse();
        assertThat(hashing.ofNoPassword()).isNotEqualTo(hash);
    }

    private static String withoutHash(String phc) {
        return phc.substring(0, phc.lastIndexOf('$'));
    }

    @Test
    void whatIsNoHashIsADefect() {
        assertThatThrownBy(() -> PasswordHashing.matches("secret", "secret"))
                .isInstanceOf(IllegalStateException.class);
    }
}
