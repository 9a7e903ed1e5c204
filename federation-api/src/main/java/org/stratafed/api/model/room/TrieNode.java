package org.stratafed.api.model.room;

import java.util.function.BiConsumer;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;

/// A node of the trie under a [StateMap]: five bits of the key's hash choose the way down at each
/// level, and keys whose hashes are the same meet in one node below the last bit.
///
/// Nodes are immutable, and their form follows from the entries alone, not from the order in which
/// they came: a subtree that holds a single entry is never kept, its entry stands in the parent. So
/// two nodes at the same place are equal exactly when their parts are.
sealed interface TrieNode permits BranchNode, CollisionNode {

    int LEVEL_BITS = 5;
    int HASH_BITS = 32;

    /// How many entries there are in and below this node.
    int size();

    /// A hash over the entries in and below this node, whatever their order.
    int contentHash();

    /// The event of the key, or null if the key is not there.
    EventId find(int shift, int hash, StateKeyTuple key);

    /// This node with the entry; this very node if it has the entry already.
    TrieNode with(int shift, int hash, StateKeyTuple key, EventId event);

    /// This node without the key; this very node if it does not have the key. The answer may have
    /// one entry only, or none: its parent has to see to that.
    TrieNode without(int shift, int hash, StateKeyTuple key);

    void forEach(BiConsumer<StateKeyTuple, EventId> action);

    /// The key and the event of a node that holds a single entry.
    StateKeyTuple firstKey();

    EventId firstEvent();

    /// The hash that places a key. Made from the hashes of its texts, which the language
    /// specifies; the spreading lets similar state keys part early.
    static int hash(StateKeyTuple key) {
        int hash = (key.type().hashCode() * 31 + key.stateKey().hashCode()) * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    static int entryHash(StateKeyTuple key, EventId event) {
        return hash(key) ^ (event.value().hashCode() * 0x85EBCA6B);
    }
}
