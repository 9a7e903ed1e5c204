package org.stratafed.server.client.account;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// Numbers that are good once, for a minute.
public final class Nonces {

    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final int NONCE_BYTES = 64;

    /// Beyond it the oldest ones are good no more.
    private static final int NONCES_MAX = 1_000;

    private final InstantSource clock;
    private final SecureRandom random;

    /// When each was given out, in milliseconds since the epoch, oldest first.
    private final Map<String, Long> given = new LinkedHashMap<>();

    public Nonces(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    public synchronized String fresh() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        String nonce = HexFormat.of().formatHex(bytes);
        given.put(nonce, clock.millis());
        if (given.size() > NONCES_MAX) {
            given.remove(given.keySet().iterator().next());
        }
        return nonce;
    }

    /// Whether it is good; it isn't any more after that.
    public synchronized boolean use(String nonce) {
        Long at = given.remove(nonce);
        return at != null && clock.millis() - at <= LIFETIME.toMillis();
    }
}
