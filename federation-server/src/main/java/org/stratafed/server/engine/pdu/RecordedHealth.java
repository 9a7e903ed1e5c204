package org.stratafed.server.engine.pdu;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.stratafed.api.layer.pdu.RoomHealth;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.Gap;
import org.stratafed.api.model.room.StateReset;
import org.stratafed.api.spi.store.RoomHealthStore;

/// What is the matter with rooms, as it was recorded.
record RecordedHealth(RoomHealthStore store) implements RoomHealth {

    @Override
    public Uni<List<Gap>> gaps(RoomId room) {
        return store.gaps(room);
    }

    @Override
    public Uni<List<StateReset>> resets(RoomId room) {
        return store.resets(room);
    }

    @Override
    public Uni<List<StateReset>> resets() {
        return store.resets();
    }
}
