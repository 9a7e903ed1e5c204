package org.stratafed.api.model.room;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;

/// A node with up to 32 places, each of them empty, an entry, or a child node. Two bit maps say
/// which, so that the array has no gaps: first the entries, key and event in turn, then the
/// children.
final class BranchNode implements TrieNode {

    static final BranchNode EMPTY = new BranchNode(0, 0, new Object[0], 0, 0);

    private final int entryMap;
    private final int childMap;
    private final Object[] slots;
    private final int size;
    private final int contentHash;

    private BranchNode(int entryMap, int childMap, Object[] slots, int size, int contentHash) {
        this.entryMap = entryMap;
        this.childMap = childMap;
        this.slots = slots;
        this.size = size;
        this.contentHash = contentHash;
    }

    /// The place of a hash at a level, as the bit that stands for it.
    static int bit(int shift, int hash) {
        return 1 << ((hash >>> shift) & ((1 << LEVEL_BITS) - 1));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int contentHash() {
        return contentHash;
    }

    boolean hasEntry(int bit) {
        return (entryMap & bit) != 0;
    }

    boolean hasChild(int bit) {
        return (childMap & bit) != 0;
    }

    /// The places that are not empty, as bits.
    int places() {
        return entryMap | childMap;
    }

    StateKeyTuple keyAt(int bit) {
        return (StateKeyTuple) slots[entrySlot(bit)];
    }

    EventId eventAt(int bit) {
        return (EventId) slots[entrySlot(bit) + 1];
    }

    TrieNode childAt(int bit) {
        return (TrieNode) slots[childSlot(bit)];
    }

    private int entrySlot(int bit) {
        return 2 * Integer.bitCount(entryMap & (bit - 1));
    }

    private int childSlot(int bit) {
        return 2 * Integer.bitCount(entryMap) + Integer.bitCount(childMap & (bit - 1));
    }

    @Override
    public EventId find(int shift, int hash, StateKeyTuple key) {
        int bit = bit(shift, hash);
        if (hasChild(bit)) {
            return childAt(bit).find(shift + LEVEL_BITS, hash, key);
        }
        return hasEntry(bit) && keyAt(bit).equals(key) ? eventAt(bit) : null;
    }

    @Override
    public BranchNode with(int shift, int hash, StateKeyTuple key, EventId event) {
        int bit = bit(shift, hash);
        if (hasChild(bit)) {
            var child = childAt(bit);
            return withChild(bit, child.with(shift + LEVEL_BITS, hash, key, event));
        }
        if (!hasEntry(bit)) {
            return withNewEntry(bit, key, event);
        }
        if (keyAt(bit).equals(key)) {
            return withEvent(bit, key, event);
        }
        var below =
                pair(shift + LEVEL_BITS, keyAt(bit), eventAt(bit))
                        .with(shift + LEVEL_BITS, hash, key, event);
        return withoutEntry(bit).withNewChild(bit, below);
    }

    /// The node of one entry that a second one is about to join.
    private static TrieNode pair(int shift, StateKeyTuple key, EventId event) {
        return shift < HASH_BITS
                ? EMPTY.withNewEntry(bit(shift, TrieNode.hash(key)), key, event)
                : CollisionNode.of(key, event);
    }

    @Override
    public BranchNode without(int shift, int hash, StateKeyTuple key) {
        int bit = bit(shift, hash);
        if (hasChild(bit)) {
            var child = childAt(bit).without(shift + LEVEL_BITS, hash, key);
            return child.size() == 1
                    ? withoutChild(bit).withNewEntry(bit, child.firstKey(), child.firstEvent())
                    : withChild(bit, child);
        }
        return hasEntry(bit) && keyAt(bit).equals(key) ? withoutEntry(bit) : this;
    }

    private BranchNode withNewEntry(int bit, StateKeyTuple key, EventId event) {
        int slot = entrySlot(bit);
        var copy = copyWithGap(slot, 2);
        copy[slot] = key;
        copy[slot + 1] = event;
        int hash = contentHash + TrieNode.entryHash(key, event);
        return new BranchNode(entryMap | bit, childMap, copy, size + 1, hash);
    }

    private BranchNode withEvent(int bit, StateKeyTuple key, EventId event) {
        var before = eventAt(bit);
        if (before.equals(event)) {
            return this;
        }
        var copy = slots.clone();
        copy[entrySlot(bit) + 1] = event;
        int hash = contentHash - TrieNode.entryHash(key, before) + TrieNode.entryHash(key, event);
        return new BranchNode(entryMap, childMap, copy, size, hash);
    }

    private BranchNode withoutEntry(int bit) {
        int hash = contentHash - TrieNode.entryHash(keyAt(bit), eventAt(bit));
        var copy = copyWithoutSlots(entrySlot(bit), 2);
        return new BranchNode(entryMap & ~bit, childMap, copy, size - 1, hash);
    }

    private BranchNode withNewChild(int bit, TrieNode child) {
        int slot = childSlot(bit);
        var copy = copyWithGap(slot, 1);
        copy[slot] = child;
        int hash = contentHash + child.contentHash();
        return new BranchNode(entryMap, childMap | bit, copy, size + child.size(), hash);
    }

    private BranchNode withChild(int bit, TrieNode child) {
        var before = childAt(bit);
        if (before == child) {
            return this;
        }
        var copy = slots.clone();
        copy[childSlot(bit)] = child;
        int hash = contentHash - before.contentHash() + child.contentHash();
        int newSize = size - before.size() + child.size();
        return new BranchNode(entryMap, childMap, copy, newSize, hash);
    }

    private BranchNode withoutChild(int bit) {
        var before = childAt(bit);
        var copy = copyWithoutSlots(childSlot(bit), 1);
        int hash = contentHash - before.contentHash();
        return new BranchNode(entryMap, childMap & ~bit, copy, size - before.size(), hash);
    }

    private Object[] copyWithGap(int slot, int count) {
        var copy = new Object[slots.length + count];
        System.arraycopy(slots, 0, copy, 0, slot);
        System.arraycopy(slots, slot, copy, slot + count, slots.length - slot);
        return copy;
    }

    private Object[] copyWithoutSlots(int slot, int count) {
        var copy = new Object[slots.length - count];
        System.arraycopy(slots, 0, copy, 0, slot);
        System.arraycopy(slots, slot + count, copy, slot, copy.length - slot);
        return copy;
    }

    @Override
    public void forEach(BiConsumer<StateKeyTuple, EventId> action) {
        int children = 2 * Integer.bitCount(entryMap);
        for (int slot = 0; slot < children; slot += 2) {
            action.accept((StateKeyTuple) slots[slot], (EventId) slots[slot + 1]);
        }
        for (int slot = children; slot < slots.length; slot++) {
            ((TrieNode) slots[slot]).forEach(action);
        }
    }

    @Override
    public StateKeyTuple firstKey() {
        return (StateKeyTuple) slots[0];
    }

    @Override
    public EventId firstEvent() {
        return (EventId) slots[1];
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof BranchNode node
                        && size == node.size
                        && contentHash == node.contentHash
                        && entryMap == node.entryMap
                        && childMap == node.childMap
                        && Arrays.equals(slots, node.slots));
    }

    @Override
    public int hashCode() {
        return contentHash;
    }
}
