package org.stratafed.simulator.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.RoomCommit.StateChange;

/// One line of a room's state: its steps, over a point of the line that it starts from.
final class StateLine {

    private final Optional<StatePoint> parent;
    private final TreeMap<Integer, List<StateChange>> steps = new TreeMap<>();
    private final TreeMap<Integer, StateMap> known = new TreeMap<>();
    private final SharedValues shared;
    private int head;

    StateLine(Optional<StatePoint> parent, SharedValues shared) {
        this.parent = parent;
        this.shared = shared;
    }

    StateLine copy() {
        var copy = new StateLine(parent, shared);
        steps.forEach((version, changes) -> copy.steps.put(version, new ArrayList<>(changes)));
        copy.known.putAll(known);
        copy.head = head;
        return copy;
    }

    Optional<StatePoint> parent() {
        return parent;
    }

    int head() {
        return head;
    }

    void apply(StateChange change) {
        int version = change.at().version();
        if (version < 1 || version < head) {
            throw new IllegalArgumentException("no step at the head of a line: " + change.at());
        }
        head = version;
        steps.computeIfAbsent(version, _ -> new ArrayList<>(1)).add(shared.kept(change));
        known.tailMap(version).clear();
    }

    /// The state at a version, given the one that the line starts from.
    StateMap at(int version, StateMap start) {
        var nearest = known.floorEntry(version);
        StateMap state = nearest == null ? start : nearest.getValue();
        int from = nearest == null ? 0 : nearest.getKey();
        for (var step : between(from, version).entrySet()) {
            for (var change : step.getValue()) {
                state =
                        change.event().isPresent()
                                ? state.with(change.key(), change.event().get())
                                : state.without(change.key());
            }
            state = shared.kept(state);
            known.put(step.getKey(), state);
        }
        return state;
    }

    private SortedMap<Integer, List<StateChange>> between(int after, int upTo) {
        return upTo <= after ? new TreeMap<>() : steps.subMap(after + 1, upTo + 1);
    }
}
