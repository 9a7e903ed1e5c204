package org.stratafed.server.engine.transport.keys;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;

/// What notaries say of one server's keys, and when each of them may be asked again. Belongs to the
/// key ring and is touched on the engine loop only.
final class SecondHandKeys {

    /// Whose pace is remembered.
    private static final int NOTARIES_MAX = 10;

    private final SequencedMap<KeyId, ServerKey> keys = new LinkedHashMap<>();
    private final SequencedMap<ServerName, AskingPace> paces =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ServerName, AskingPace> eldest) {
                    return size() > NOTARIES_MAX;
                }
            };

    private Optional<Uni<Void>> asking = Optional.empty();

    Optional<ServerKey> key(KeyId id) {
        return Optional.ofNullable(keys.get(id));
    }

    boolean isLacking(List<WantedKey> wanted, Instant now) {
        return wanted.stream().anyMatch(it -> KnownKeys.isLacking(it, key(it.key()), now));
    }

    boolean isAskable(ServerName notary, Instant now) {
        return pace(notary).isAskable(now);
    }

    void said(ServerName notary, List<ServerKey> said, Instant now) {
        if (said.isEmpty()) {
            failed(notary, now);
            return;
        }
        pace(notary).answered(now);
        for (ServerKey key : said) {
            var known = keys.get(key.key().id());
            if (known == null || known.validUntilTs() <= key.validUntilTs()) {
                keys.put(key.key().id(), key);
            }
            if (keys.size() > KeyAnswer.KEYS_MAX) {
                keys.pollFirstEntry();
            }
        }
    }

    void failed(ServerName notary, Instant now) {
        pace(notary).failed(now);
    }

    private AskingPace pace(ServerName notary) {
        return paces.computeIfAbsent(notary, _ -> new AskingPace());
    }

    Optional<Uni<Void>> asking() {
        return asking;
    }

    void asking(Optional<Uni<Void>> work) {
        asking = work;
    }
}
