package org.stratafed.api.spi.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.stratafed.api.model.id.EventId;

/// Joins through other servers that are under way: after a crash they are taken up again.
public interface JoinStore {

    /// Before the join is handed in, since it may exist from then on.
    Uni<Void> begin(PendingJoin join);

    /// However it ended. One that isn't under way is no error.
    Uni<Void> end(EventId join);

    /// Those that were begun and did not end, oldest first.
    Uni<List<PendingJoin>> underWay();
}
