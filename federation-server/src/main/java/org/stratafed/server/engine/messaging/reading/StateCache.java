package org.stratafed.server.engine.messaging.reading;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.RoomStore;

/// States of rooms as the store has them. All who follow a room need the same few, and what a
/// state was doesn't change; so those used last are kept, up to a bound.
public final class StateCache {

    static final int ENTRIES_MAX = 1_000_000;

    private final RoomStore rooms;
    private final SequencedMap<Key, StateMap> states = new LinkedHashMap<>(16, 0.75f, true);
    private long entries;

    public StateCache(RoomStore rooms) {
        this.rooms = rooms;
    }

    private record Key(RoomId room, StatePoint point) {}

    public Uni<StateMap> state(RoomId room, StatePoint point) {
        var key = new Key(room, point);
        var known = states.get(key);
        return known != null
                ? Uni.createFrom().item(known)
                : rooms.state(room, point).invoke(state -> keep(key, state));
    }

    private void keep(Key key, StateMap state) {
        var before = states.put(key, state);
        entries += state.size() - (before == null ? 0 : before.size());
        while (entries > ENTRIES_MAX && states.size() > 1) {
            entries -= states.pollFirstEntry().getValue().size();
        }
    }
}
