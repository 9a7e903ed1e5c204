package org.stratafed.simulator.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;

/// The transactions received, with the responses given.
final class InboxTable {

    private final Map<Key, byte[]> responses = new LinkedHashMap<>();
    private final SharedValues shared;

    InboxTable(SharedValues shared) {
        this.shared = shared;
    }

    private record Key(ServerName origin, TransactionId transaction) {}

    void addAll(InboxTable other) {
        responses.putAll(other.responses);
    }

    Optional<byte[]> claim(ServerName origin, TransactionId transaction) {
        return Optional.ofNullable(responses.get(new Key(origin, transaction)));
    }

    /// Answers whether it had been recorded before.
    boolean record(ServerName origin, TransactionId transaction, byte[] response) {
        var key = new Key(shared.kept(origin), transaction);
        return responses.put(key, shared.kept(response)) != null;
    }
}
