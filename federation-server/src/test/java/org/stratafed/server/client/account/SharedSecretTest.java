package org.stratafed.server.client.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.server.client.account.SharedSecret.Registration;

class SharedSecretTest {

    private static final SharedSecret SECRET = new SharedSecret("s3cr3t");

    /// Expected values: Python's `hmac` as in Synapse's `register_new_matrix_user`.
    @Test
    void theMacIsTheOneSynapsesToolsMake() {
        assertThat(SECRET.macOf(registration(false, Optional.empty())))
                .isEqualTo("e017c5a777e580f28c3f71fb3223c81a5c0369c2");
        assertThat(SECRET.macOf(registration(true, Optional.of("bot"))))
                .isEqualTo("e8ff81531fdcf1e0150f7d4f502c421b77809942");
    }

    @Test
    void anAdminsMacIsNotAnybodys() {
        String mac = SECRET.macOf(registration(false, Optional.empty()));

        assertThat(SECRET.proves(registration(false, Optional.empty()), mac)).isTrue();
        assertThat(SECRET.proves(registration(true, Optional.empty()), mac)).isFalse();
    }

    @Test
    void aNonceIsGoodOnceAndForAMinute() {
        var now = new long[] {1_000};
        var nonces = new Nonces(() -> Instant.ofEpochMilli(now[0]), new SecureRandom());
        String used = nonces.fresh();
        String old = nonces.fresh();

        assertThat(nonces.use(used)).isTrue();
        assertThat(nonces.use(used)).isFalse();
        now[0] += 60_001;
        assertThat(nonces.use(old)).isFalse();
        assertThat(nonces.use("made up")).isFalse();
    }

    private static Registration registration(boolean admin, Optional<String> type) {
        return new Registration("abc", "alice", "wonderland", admin, type);
    }
}
