package org.stratafed.api.spi.store;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;

/// The transactions received, by origin and transaction id, with the responses given.
public interface InboxStore {

    /// Claims the transaction, unless it has been answered: then the stored response is returned.
    /// Claimed but not answered (a crash between) is claimed again: deciding is idempotent.
    Uni<Optional<byte[]>> claim(ServerName origin, TransactionId transaction);

    /// Stores the response, the last write of a transaction.
    Uni<Void> record(ServerName origin, TransactionId transaction, byte[] response);
}
