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

    private final Map<ServerName, OfServer> servers = new LinkedHashMap<>();
    private final SharedValues shared;

    KeyTable(SharedValues shared) {
        this.shared = shared;
    }

    /// @param signed what it said of them last
    private record OfServer(List<ServerKey> keys, Optional<SignedKeys> signed) {

        private static final OfServer NOTHING = new OfServer(List.of(), Optional.empty());
    }

    void addAll(KeyTable other) {
        servers.putAll(other.servers);
    }

    private OfServer of(ServerName server) {
        return servers.getOrDefault(server, OfServer.NOTHING);
    }

    List<ServerKey> keys(ServerName server) {
        return of(server).keys();
    }

    void save(ServerName server, List<ServerKey> seen) {
        var known = new LinkedHashMap<VerifyKey, ServerKey>();
        keys(server).forEach(key -> known.put(key.key(), key));
        seen.forEach(key -> known.merge(key.key(), key, KeyTable::widened));
        var keys = List.copyOf(known.values().stream().map(shared::kept).toList());
        servers.put(shared.kept(server), new OfServer(keys, signed(server)));
    }

    Optional<SignedKeys> signed(ServerName server) {
        return of(server).signed();
    }

    void saveSigned(ServerName server, SignedKeys said) {
        var signed = Optional.of(shared.kept(said));
        servers.put(shared.kept(server), new OfServer(keys(server), signed));
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
