package org.stratafed.simulator.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.SequencedSet;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.Gap;
import org.stratafed.api.model.room.StateReset;
import org.stratafed.api.spi.store.RoomHealthStore;

/// What is the matter with a virtual server's rooms.
record SimRoomHealthStore(SimStore store) implements RoomHealthStore {

    private HealthTable table() {
        return store.disk().health;
    }

    @Override
    public Uni<List<Gap>> gaps(RoomId room) {
        return store.read(() -> table().gaps(room));
    }

    @Override
    public Uni<List<RoomId>> roomsWithGaps() {
        return store.read(() -> table().roomsWithGaps());
    }

    @Override
    public Uni<Void> saveGaps(RoomId room, List<Gap> gaps, SequencedSet<EventId> filled) {
        var saved = List.copyOf(gaps);
        var removed = List.copyOf(filled);
        return store.write("gaps of " + room, () -> table().save(room, saved, removed));
    }

    @Override
    public Uni<List<StateReset>> resets(RoomId room) {
        return store.read(() -> table().resets(room));
    }

    @Override
    public Uni<List<StateReset>> resets() {
        return store.read(() -> table().resets());
    }
}
