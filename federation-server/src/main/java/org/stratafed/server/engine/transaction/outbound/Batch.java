package org.stratafed.server.engine.transaction.outbound;

import java.time.Instant;
import java.util.List;
import org.stratafed.api.model.exchange.Transaction;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.spi.store.PendingPdu;
import org.stratafed.api.spi.store.SealedBatch;

/// What goes to a destination in one transaction: a seal, and the events it stands for. The
/// transaction is a function of the two, so sending it again sends the same bytes.
///
/// @param isLast whether nothing more was pending when the batch was sealed; `false` where that
///     isn't known
record Batch(SealedBatch sealed, List<PendingPdu> contents, boolean isLast) {

    /// A batch to be sealed: the oldest of what is pending, in order.
    ///
    /// @param pending not empty
    static Batch of(TransactionId id, Instant now, List<PendingPdu> pending) {
        var contents =
                List.copyOf(pending.subList(0, Math.min(pending.size(), Transaction.PDUS_MAX)));
        var sealed =
                new SealedBatch(
                        id,
                        now.toEpochMilli(),
                        contents.getFirst().position() - 1,
                        contents.getLast().position(),
                        List.of());
        return new Batch(sealed, contents, contents.size() < Transaction.PDUS_MAX);
    }

    /// A batch that was sealed before, perhaps by an earlier run of this server.
    static Batch resumed(SealedBatch sealed, List<PendingPdu> contents) {
        return new Batch(sealed, List.copyOf(contents), false);
    }

    Transaction transaction(ServerName origin) {
        return new Transaction(
                sealed.id(),
                origin,
                sealed.originServerTs(),
                contents.stream().map(PendingPdu::pdu).toList(),
                sealed.edus());
    }
}
