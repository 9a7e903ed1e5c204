package org.stratafed.simulator.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;

/// The transactions received, with the responses given.
final class InboxTable {

    private final Map<Key, Optional<byte[]>> responses = new LinkedHashMap<>();

    private record Key(ServerName origin, TransactionId transaction) {}

    void addAll(InboxTable other) {
        responses.putAll(other.responses);
    }

    Optional<byte[]> claim(ServerName origin, TransactionId transaction) {
        return responses.computeIfAbsent(new Key(origin, transaction), _ -> Optional.empty());
    }

    /// Answers whether it had been recorded before.
    boolean record(ServerName origin, TransactionId transaction, byte[] response) {
        var before = responses.put(new Key(origin, transaction), Optional.of(response));
        return before != null && before.isPresent();
    }
}
