package org.stratafed.server.engine.transaction;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.spi.store.InboxStore;

/// An inbox in memory, which outlives the services over it.
public final class MemoryInbox implements InboxStore {

    private final ManualLoop loop;
    private final Map<Key, byte[]> responses = new LinkedHashMap<>();
    private int claims;

    private record Key(ServerName origin, TransactionId transaction) {}

    public MemoryInbox(ManualLoop loop) {
        this.loop = loop;
    }

    public int claims() {
        return claims;
    }

    public Optional<byte[]> response(ServerName origin, TransactionId transaction) {
        return Optional.ofNullable(responses.get(new Key(origin, transaction)));
    }

    @Override
    public Uni<Optional<byte[]>> claim(ServerName origin, TransactionId transaction) {
        return loop.later(
                () -> {
                    claims++;
                    return response(origin, transaction);
                });
    }

    @Override
    public Uni<Void> record(ServerName origin, TransactionId transaction, byte[] response) {
        return loop.later(
                () -> {
                    responses.put(new Key(origin, transaction), response);
                    return null;
                });
    }
}
