package org.stratafed.server.engine.transport.keys;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.Signatures;

/// This server's answer to anybody who asks for its keys.
///
/// It is signed twice a day rather than each time, so on the loop. What is given out is good for
/// half a day at least.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#publishing-keys">Publishing
///     keys</a>
public final class KeyPublication {

    private static final Duration VALIDITY = Duration.ofHours(24);
    private static final Duration VALIDITY_LEFT_MIN = Duration.ofHours(12);

    private final OwnKeys keys;
    private final Signatures signatures;
    private final InstantSource clock;

    private Optional<Signed> current = Optional.empty();

    public KeyPublication(OwnKeys keys, Signatures signatures, InstantSource clock) {
        this.keys = keys;
        this.signatures = signatures;
        this.clock = clock;
    }

    /// The answer as JSON.
    public byte[] answer() {
        var now = clock.instant();
        if (current.isEmpty() || now.plus(VALIDITY_LEFT_MIN).isAfter(current.get().validUntil())) {
            current = Optional.of(sign(now.plus(VALIDITY)));
        }
        return current.get().json();
    }

    /// The same, to be put into another answer.
    JsonObject json() {
        return JsonReader.readObject(answer());
    }

    private Signed sign(Instant validUntil) {
        var answer =
                JsonObject.builder()
                        .put("server_name", keys.server().value())
                        .put("verify_keys", verifyKeys())
                        .put("old_verify_keys", oldVerifyKeys())
                        .put("valid_until_ts", validUntil.toEpochMilli())
                        .build();
        var signed = JsonSigning.sign(answer, keys.server(), keys.signingKey(), signatures);
        return new Signed(JsonWriter.write(signed), validUntil);
    }

    private JsonObject verifyKeys() {
        var key = keys.verifyKey();
        return JsonObject.builder().put(key.id().value(), published(key).build()).build();
    }

    private JsonObject oldVerifyKeys() {
        var old = JsonObject.builder();
        for (ServerKey key : keys.old()) {
            var entry = published(key.key());
            key.expiredTs().ifPresent(expired -> entry.put("expired_ts", expired));
            old.put(key.key().id().value(), entry.build());
        }
        return old.build();
    }

    private static JsonObject.Builder published(VerifyKey key) {
        return JsonObject.builder().put("key", UnpaddedBase64.encode(key.bytes()));
    }

    private record Signed(byte[] json, Instant validUntil) {}
}
