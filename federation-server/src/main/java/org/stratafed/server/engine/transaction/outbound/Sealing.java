package org.stratafed.server.engine.transaction.outbound;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.stratafed.api.model.exchange.Transaction;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.OutboxStore;
import org.stratafed.api.spi.store.PendingPdu;
import org.stratafed.api.spi.store.SealedBatch;

/// The making of batches from what the outbox has. A batch that leaves here is sealed: the same id
/// will always stand for the same bytes.
final class Sealing {

    private final OutboxStore outbox;
    private final InstantSource clock;
    private final TransactionIds ids;

    Sealing(OutboxStore outbox, InstantSource clock, RandomGenerator random) {
        this.outbox = outbox;
        this.clock = clock;
        this.ids = new TransactionIds(clock, random);
    }

    /// The destination's sealed batch, or the oldest of what is pending, sealed now. Empty when
    /// there is neither.
    Uni<Optional<Batch>> load(ServerName destination) {
        return outbox.sealed(destination)
                .chain(
                        found ->
                                found.map(batch -> resume(destination, batch))
                                        .orElseGet(() -> sealPending(destination)));
    }

    /// The destination has the batch. Answers with the next one, sealed in the same write, or
    /// empty when nothing is pending.
    ///
    /// @param more whether to look for a next one
    Uni<Optional<Batch>> acknowledge(ServerName destination, Batch batch, boolean more) {
        return more
                ? outbox.pending(destination, batch.contents().size() + Transaction.PDUS_MAX)
                        .map(pending -> after(batch, pending))
                        .chain(next -> acknowledge(destination, batch, next))
                : acknowledge(destination, batch, Optional.empty());
    }

    private Uni<Optional<Batch>> resume(ServerName destination, SealedBatch sealed) {
        return outbox.contents(destination, sealed)
                .map(contents -> Optional.of(Batch.resumed(sealed, contents)));
    }

    private Uni<Optional<Batch>> sealPending(ServerName destination) {
        return outbox.pending(destination, Transaction.PDUS_MAX)
                .map(this::batch)
                .chain(
                        batch ->
                                batch.isPresent()
                                        ? outbox.seal(destination, batch.get().sealed())
                                                .replaceWith(batch)
                                        : Uni.createFrom().item(batch));
    }

    private Uni<Optional<Batch>> acknowledge(
            ServerName destination, Batch batch, Optional<Batch> next) {
        return outbox.acknowledge(destination, batch.sealed(), next.map(Batch::sealed))
                .replaceWith(next);
    }

    /// What is pending begins with the batch itself, as long as that isn't acknowledged.
    private Optional<Batch> after(Batch batch, List<PendingPdu> pending) {
        return batch(
                pending.stream().filter(pdu -> pdu.position() > batch.sealed().end()).toList());
    }

    private Optional<Batch> batch(List<PendingPdu> pending) {
        return pending.isEmpty()
                ? Optional.empty()
                : Optional.of(Batch.of(ids.next(), clock.instant(), pending));
    }
}
