package org.stratafed.api.spi.store;

import java.util.List;
import org.stratafed.api.model.event.Edu;
import org.stratafed.api.model.id.TransactionId;

/// A transaction that is being sent. The same id means the same bytes, also after a crash: the
/// events are those of the log with `after < position <= end`.
///
/// @param originServerTs milliseconds since the epoch, as in the transaction's body
public record SealedBatch(
        TransactionId id, long originServerTs, long after, long end, List<Edu> edus) {}
