package org.stratafed.simulator.store;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.spi.store.InboxStore;

/// The inbox of a virtual server.
record SimInboxStore(SimStore store) implements InboxStore {

    @Override
    public Uni<Optional<byte[]>> claim(ServerName origin, TransactionId transaction) {
        return store.write(() -> store.disk().inbox.claim(origin, transaction));
    }

    @Override
    public Uni<Void> record(ServerName origin, TransactionId transaction, byte[] response) {
        return store.<Boolean>write(
                        () -> {
                            var disk = store.disk();
                            boolean again = disk.inbox.record(origin, transaction, response);
                            store.listener().onResponse(disk, origin, transaction, again);
                            return again;
                        })
                .replaceWithVoid();
    }
}
