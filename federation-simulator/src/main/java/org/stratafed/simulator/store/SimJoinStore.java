package org.stratafed.simulator.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.spi.store.JoinStore;
import org.stratafed.api.spi.store.PendingJoin;

/// The joins that a virtual server has under way.
record SimJoinStore(SimStore store) implements JoinStore {

    @Override
    public Uni<Void> begin(PendingJoin join) {
        return store.write(
                "a join of " + join.room(),
                () -> store.disk().joins.putIfAbsent(join.event(), join));
    }

    @Override
    public Uni<Void> end(EventId join) {
        return store.write("the end of a join", () -> store.disk().joins.remove(join));
    }

    @Override
    public Uni<List<PendingJoin>> underWay() {
        return store.read(() -> List.copyOf(store.disk().joins.values()));
    }
}
