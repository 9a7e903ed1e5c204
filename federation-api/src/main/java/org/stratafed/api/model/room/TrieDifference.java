package org.stratafed.api.model.room;

import java.util.Collections;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;

/// What differs between two tries, found by going down both at once and turning back wherever they
/// share a node. So it visits the ways to the entries that differ, and nothing else of what the
/// tries have in common by descent.
final class TrieDifference {

    private final TrieNode from;
    private final TrieNode to;
    private final TreeMap<StateKeyTuple, Optional<EventId>> changes = new TreeMap<>();
    private int visitedNodes;

    TrieDifference(TrieNode from, TrieNode to) {
        this.from = from;
        this.to = to;
        descend(from, to);
    }

    SequencedMap<StateKeyTuple, Optional<EventId>> changes() {
        return Collections.unmodifiableSequencedMap(changes);
    }

    /// How many places with two different nodes were looked into: the cost of this difference.
    int visitedNodes() {
        return visitedNodes;
    }

    private void descend(TrieNode before, TrieNode after) {
        if (before == after) {
            return;
        }
        visitedNodes++;
        if (before instanceof BranchNode left && after instanceof BranchNode right) {
            int places = left.places() | right.places();
            while (places != 0) {
                int bit = Integer.lowestOneBit(places);
                compare(left, right, bit);
                places &= ~bit;
            }
        } else {
            before.forEach(this::noteIfLeft);
            after.forEach(this::noteIfNew);
        }
    }

    /// Compares what two nodes have at the same place. An entry on one side and a node on the other
    /// differ in all but at most one entry, so nothing is lost by going through the node.
    private void compare(BranchNode before, BranchNode after, int bit) {
        if (before.hasChild(bit) && after.hasChild(bit)) {
            descend(before.childAt(bit), after.childAt(bit));
            return;
        }
        if (before.hasChild(bit)) {
            before.childAt(bit).forEach(this::noteIfLeft);
        } else if (before.hasEntry(bit)) {
            noteIfLeft(before.keyAt(bit), before.eventAt(bit));
        }
        if (after.hasChild(bit)) {
            after.childAt(bit).forEach(this::noteIfNew);
        } else if (after.hasEntry(bit)) {
            noteIfNew(after.keyAt(bit), after.eventAt(bit));
        }
    }

    /// An entry of the old trie: noted if the new one has another event for its key, or none.
    private void noteIfLeft(StateKeyTuple key, EventId event) {
        var now = to.find(0, TrieNode.hash(key), key);
        if (!event.equals(now)) {
            changes.put(key, Optional.ofNullable(now));
        }
    }

    /// An entry of the new trie: noted if the old one does not have its key.
    private void noteIfNew(StateKeyTuple key, EventId event) {
        if (from.find(0, TrieNode.hash(key), key) == null) {
            changes.put(key, Optional.of(event));
        }
    }
}
