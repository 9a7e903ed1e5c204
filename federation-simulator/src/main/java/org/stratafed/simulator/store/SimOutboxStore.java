package org.stratafed.simulator.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.OutboxStore;
import org.stratafed.api.spi.store.PendingPdu;
import org.stratafed.api.spi.store.SealedBatch;

/// The outbox of a virtual server.
record SimOutboxStore(SimStore store) implements OutboxStore {

    private OutboxTable table() {
        return store.disk().outbox;
    }

    @Override
    public Uni<List<ServerName>> pendingDestinations() {
        return store.read(() -> table().pendingDestinations());
    }

    @Override
    public Uni<Optional<SealedBatch>> sealed(ServerName destination) {
        return store.read(() -> table().sealed(destination));
    }

    @Override
    public Uni<List<PendingPdu>> pending(ServerName destination, int max) {
        return store.read(() -> store.disk().pdus(table().pending(destination, max)));
    }

    @Override
    public Uni<List<PendingPdu>> contents(ServerName destination, SealedBatch batch) {
        return store.read(() -> store.disk().pdus(table().contents(destination, batch)));
    }

    @Override
    public Uni<Void> seal(ServerName destination, SealedBatch batch) {
        return store.write(
                "seal " + destination + " " + batch.id(), () -> table().seal(destination, batch));
    }

    @Override
    public Uni<Void> acknowledge(
            ServerName destination, SealedBatch batch, Optional<SealedBatch> next) {
        return store.write(
                "acknowledge " + destination + " " + batch.id(),
                () -> table().acknowledge(destination, batch, next));
    }
}
