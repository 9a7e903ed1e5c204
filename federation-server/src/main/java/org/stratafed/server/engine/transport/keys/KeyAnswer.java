package org.stratafed.server.engine.transport.keys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.Signatures;

/// What a server answered that was asked for its keys. Pure.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#publishing-keys">Publishing
///     keys</a>
final class KeyAnswer {

    /// For how long a key is relied on without asking again, whatever its owner says.
    static final Duration VALIDITY_MAX = Duration.ofDays(7);

    /// Of one server, in use and old. No server needs nearly as many.
    static final int KEYS_MAX = 100;

    private final JsonObject json;
    private final ServerName owner;
    private final Signatures signatures;

    private KeyAnswer(JsonObject json, ServerName owner, Signatures signatures) {
        this.json = json;
        this.owner = owner;
        this.signatures = signatures;
    }

    /// The keys that the answer proves to be its owner's, which is those in use that it is signed
    /// with, and the old ones.
    ///
    /// @param now when it was fetched, in milliseconds since the epoch
    /// @throws IllegalArgumentException saying why it proves nothing
    static List<ServerKey> keys(
            JsonObject json, ServerName owner, Signatures signatures, long now) {
        CanonicalJson.strictViolation(json)
                .ifPresent(
                        why -> {
                            throw new IllegalArgumentException(why);
                        });
        return new KeyAnswer(json, owner, signatures).keys(now);
    }

    private List<ServerKey> keys(long now) {
        if (!json.string("server_name").equals(Optional.of(owner.value()))) {
            throw new IllegalArgumentException("it is about another server");
        }
        var validUntil =
                json.integer("valid_until_ts")
                        .orElseThrow(() -> new IllegalArgumentException("valid_until_ts"));
        var capped = Math.min(validUntil, now + VALIDITY_MAX.toMillis());
        var keys = new ArrayList<ServerKey>();
        published("verify_keys").stream()
                .filter(it -> JsonSigning.verify(json, owner, it.key(), signatures))
                .forEach(it -> keys.add(new ServerKey(it.key(), capped, OptionalLong.empty())));
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("it is signed with none of the keys in it");
        }
        published("old_verify_keys").stream()
                .filter(it -> it.expiredTs().isPresent())
                .limit(KEYS_MAX - keys.size())
                .forEach(it -> keys.add(new ServerKey(it.key(), 0, it.expiredTs())));
        return keys;
    }

    /// The well-formed keys of one of the two maps.
    private List<Published> published(String map) {
        return json.object(map).orElse(JsonObject.empty()).members().entrySet().stream()
                .limit(KEYS_MAX)
                .flatMap(entry -> published(entry.getKey(), entry.getValue()).stream())
                .toList();
    }

    private static Optional<Published> published(String id, JsonValue value) {
        if (!(value instanceof JsonObject entry)) {
            return Optional.empty();
        }
        var key =
                KeyId.parse(id)
                        .flatMap(
                                parsed ->
                                        entry.string("key")
                                                .flatMap(it -> VerifyKey.parse(parsed, it)));
        return key.map(it -> new Published(it, entry.integer("expired_ts")));
    }

    private record Published(VerifyKey key, OptionalLong expiredTs) {}
}
