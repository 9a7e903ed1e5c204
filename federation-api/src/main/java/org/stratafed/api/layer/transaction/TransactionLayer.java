package org.stratafed.api.layer.transaction;

import java.util.SequencedSet;
import org.stratafed.api.model.id.ServerName;

/// Exchanges with one other server at a time: what is pushed to it in transactions, and what is
/// asked of it.
public interface TransactionLayer {

    /// There is something new in the outbox for these servers. A hint: what is sent is what the
    /// outbox says.
    void wake(SequencedSet<ServerName> destinations);

    /// Questions about rooms, for the layer above.
    RemoteRooms rooms();

    /// Questions about users and aliases, for the messaging layer.
    RemoteQueries queries();
}
