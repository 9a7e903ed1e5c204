package org.stratafed.api.model.room;

import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;

/// A room's state: for each type and state key the event that sets it. Immutable; a change shares
/// what it does not touch with the map it was made from, so the states along a room's history cost
/// what changed, and two of them are compared without looking at what they share.
///
/// Inside it is a hash trie of 32 ways (CHAMP), whose form follows from the entries alone.
public final class StateMap {

    private static final StateMap EMPTY = new StateMap(BranchNode.EMPTY);

    private final TrieNode root;

    private StateMap(TrieNode root) {
        this.root = root;
    }

    public static StateMap empty() {
        return EMPTY;
    }

    public Optional<EventId> get(StateKeyTuple key) {
        return Optional.ofNullable(root.find(0, TrieNode.hash(key), key));
    }

    /// This state with the key set to the event: this very map if it is so already.
    public StateMap with(StateKeyTuple key, EventId event) {
        Objects.requireNonNull(event, "event");
        return of(root.with(0, TrieNode.hash(key), key, event));
    }

    /// This state without the key: this very map if it does not have it.
    public StateMap without(StateKeyTuple key) {
        return of(root.without(0, TrieNode.hash(key), key));
    }

    private StateMap of(TrieNode changed) {
        return changed == root ? this : new StateMap(changed);
    }

    public int size() {
        return root.size();
    }

    /// All entries, in an order that depends on the entries only.
    public void forEach(BiConsumer<StateKeyTuple, EventId> action) {
        root.forEach(action);
    }

    /// What has to change to get from this state to the other: the other's event, or empty where
    /// the other has none. Ordered by key. Costs what differs, not what is shared.
    public SequencedMap<StateKeyTuple, Optional<EventId>> changesTo(StateMap other) {
        return differenceTo(other).changes();
    }

    TrieDifference differenceTo(StateMap other) {
        return new TrieDifference(root, other.root);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof StateMap map && root.equals(map.root));
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    @Override
    public String toString() {
        var ordered = new TreeMap<StateKeyTuple, EventId>();
        forEach(ordered::put);
        return ordered.toString();
    }
}
