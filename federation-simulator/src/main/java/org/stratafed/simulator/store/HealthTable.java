package org.stratafed.simulator.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.Gap;
import org.stratafed.api.model.room.StateReset;
import org.stratafed.api.spi.store.RoomHealthStore;

/// Gaps and state resets.
final class HealthTable {

    private final Map<RoomId, SequencedMap<EventId, Gap>> gaps = new LinkedHashMap<>();
    private final Deque<StateReset> resets = new ArrayDeque<>();

    void addAll(HealthTable other) {
        other.gaps.forEach((room, table) -> gaps.put(room, new TreeMap<>(table)));
        resets.addAll(other.resets);
    }

    List<Gap> gaps(RoomId room) {
        return List.copyOf(gaps.getOrDefault(room, new TreeMap<>()).values());
    }

    List<RoomId> roomsWithGaps() {
        return gaps.keySet().stream().sorted().toList();
    }

    void save(RoomId room, List<Gap> saved, Collection<EventId> filled) {
        var table = gaps.computeIfAbsent(room, _ -> new TreeMap<>());
        filled.forEach(table::remove);
        saved.forEach(gap -> table.put(gap.missing(), gap));
        if (table.isEmpty()) {
            gaps.remove(room);
        }
    }

    /// The newest ones first.
    List<StateReset> resets() {
        return new ArrayList<>(resets).reversed();
    }

    List<StateReset> resets(RoomId room) {
        return resets().stream().filter(reset -> reset.room().equals(room)).toList();
    }

    void add(RoomId room, List<StateReset> added) {
        resets.addAll(added);
        var ofRoom = resets(room);
        if (ofRoom.size() > RoomHealthStore.RESETS_PER_ROOM_MAX) {
            ofRoom.subList(RoomHealthStore.RESETS_PER_ROOM_MAX, ofRoom.size())
                    .forEach(resets::removeFirstOccurrence);
        }
        while (resets.size() > RoomHealthStore.RESETS_MAX) {
            resets.removeFirst();
        }
    }
}
