package org.stratafed.simulator.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SignedKeys;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.id.ServerName;

/// The signing keys of servers, every one ever seen.
final class KeyTable {

    private final Map<ServerName, Map<VerifyKey, ServerKey>> keys = new LinkedHashMap<>();
    private final Map<ServerName, SignedKeys> signed = new LinkedHashMap<>();

    void addAll(KeyTable other) {
        other.keys.forEach((server, its) -> keys.put(server, new LinkedHashMap<>(its)));
    }

    List<ServerKey> keys(ServerName server) {
        return keys.containsKey(server) ? List.copyOf(keys.get(server).values()) : List.of();
    }

    void save(ServerName server, List<ServerKey> seen) {
        var known = keys.computeIfAbsent(server, _ -> new LinkedHashMap<>());
        seen.forEach(key -> known.merge(key.key(), key, KeyTable::widened));
    }

    Optional<SignedKeys> signed(ServerName server) {
        return Optional.ofNullable(signed.get(server));
    }

    void saveSigned(ServerName server, SignedKeys said) {
        signed.put(server, said);
    }

    private static ServerKey widened(ServerKey known, ServerKey seen) {
        return new ServerKey(
                known.key(),
                Math.max(known.validUntilTs(), seen.validUntilTs()),
                later(known.expiredTs(), seen.expiredTs()));
    }

    private static OptionalLong later(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return OptionalLong.of(Math.max(one.getAsLong(), other.getAsLong()));
    }
}
