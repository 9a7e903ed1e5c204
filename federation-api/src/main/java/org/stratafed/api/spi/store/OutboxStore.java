package org.stratafed.api.spi.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.id.ServerName;

/// The log of events to be sent, and how far each destination is. The log's rows are written by
/// [RoomStore#commit]; here they are read, and batches sealed.
public interface OutboxStore {

    /// Every server that has something pending or a batch sealed.
    Uni<List<ServerName>> pendingDestinations();

    /// The destination's sealed batch, if it has one that is not acknowledged.
    Uni<Optional<SealedBatch>> sealed(ServerName destination);

    /// What is pending for the destination, oldest first, at most `max`, after the position it has
    /// acknowledged.
    Uni<List<PendingPdu>> pending(ServerName destination, int max);

    /// The events of a sealed batch, exactly those that it was sealed with.
    Uni<List<PendingPdu>> contents(ServerName destination, SealedBatch batch);

    /// Seals a batch: durable before its first byte is sent.
    Uni<Void> seal(ServerName destination, SealedBatch batch);

    /// The destination has everything up to the batch's end; in the same write the next is sealed.
    Uni<Void> acknowledge(ServerName destination, SealedBatch batch, Optional<SealedBatch> next);
}
