package org.stratafed.api.model.room;

import java.util.Collections;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;

/// A room's state: for each type and state key the event that sets it. Immutable; a change shares
/// what it does not touch with the map it was made from.
public final class StateMap {

    private static final StateMap EMPTY = new StateMap(new TreeMap<>());

    private final TreeMap<StateKeyTuple, EventId> entries;

    private StateMap(TreeMap<StateKeyTuple, EventId> entries) {
        this.entries = entries;
    }

    public static StateMap empty() {
        return EMPTY;
    }

    public Optional<EventId> get(StateKeyTuple key) {
        return Optional.ofNullable(entries.get(key));
    }

    public StateMap with(StateKeyTuple key, EventId event) {
        var copy = new TreeMap<>(entries);
        copy.put(key, event);
        return new StateMap(copy);
    }

    public StateMap without(StateKeyTuple key) {
        var copy = new TreeMap<>(entries);
        copy.remove(key);
        return new StateMap(copy);
    }

    public int size() {
        return entries.size();
    }

    /// All entries, in an order that depends on the entries only.
    public void forEach(BiConsumer<StateKeyTuple, EventId> action) {
        entries.forEach(action);
    }

    /// What has to change to get from this state to the other: the other's event, or empty where
    /// the other has none. Ordered by key. Costs what differs, not what is shared.
    public SequencedMap<StateKeyTuple, Optional<EventId>> changesTo(StateMap other) {
        var changes = new TreeMap<StateKeyTuple, Optional<EventId>>();
        entries.forEach(
                (key, event) -> {
                    if (!event.equals(other.entries.get(key))) {
                        changes.put(key, other.get(key));
                    }
                });
        other.entries.forEach(
                (key, event) -> {
                    if (!entries.containsKey(key)) {
                        changes.put(key, Optional.of(event));
                    }
                });
        return Collections.unmodifiableSequencedMap(changes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StateMap map && entries.equals(map.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
