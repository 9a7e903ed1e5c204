package org.stratafed.api.model.room;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;

/// The entries whose keys share all bits of their hash, ordered by key, so that the order in which
/// they came leaves no trace.
///
/// Whoever chooses state keys can make them collide, so a search in here is by halves; a change
/// copies the entries, as it does in any node.
final class CollisionNode implements TrieNode {

    private final StateKeyTuple[] keys;
    private final EventId[] events;
    private final int contentHash;

    private CollisionNode(StateKeyTuple[] keys, EventId[] events, int contentHash) {
        this.keys = keys;
        this.events = events;
        this.contentHash = contentHash;
    }

    static CollisionNode of(StateKeyTuple key, EventId event) {
        return new CollisionNode(
                new StateKeyTuple[] {key}, new EventId[] {event}, TrieNode.entryHash(key, event));
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    public int contentHash() {
        return contentHash;
    }

    StateKeyTuple key(int index) {
        return keys[index];
    }

    EventId event(int index) {
        return events[index];
    }

    @Override
    public EventId find(int shift, int hash, StateKeyTuple key) {
        int index = Arrays.binarySearch(keys, key);
        return index < 0 ? null : events[index];
    }

    @Override
    public CollisionNode with(int shift, int hash, StateKeyTuple key, EventId event) {
        int index = Arrays.binarySearch(keys, key);
        if (index >= 0) {
            return events[index].equals(event) ? this : withEvent(index, event);
        }
        int place = -index - 1;
        var newKeys = Arrays.copyOf(keys, keys.length + 1);
        var newEvents = Arrays.copyOf(events, events.length + 1);
        System.arraycopy(keys, place, newKeys, place + 1, keys.length - place);
        System.arraycopy(events, place, newEvents, place + 1, events.length - place);
        newKeys[place] = key;
        newEvents[place] = event;
        int newHash = contentHash + TrieNode.entryHash(key, event);
        return new CollisionNode(newKeys, newEvents, newHash);
    }

    private CollisionNode withEvent(int index, EventId event) {
        var newEvents = events.clone();
        newEvents[index] = event;
        int newHash =
                contentHash
                        - TrieNode.entryHash(keys[index], events[index])
                        + TrieNode.entryHash(keys[index], event);
        return new CollisionNode(keys, newEvents, newHash);
    }

    @Override
    public CollisionNode without(int shift, int hash, StateKeyTuple key) {
        int index = Arrays.binarySearch(keys, key);
        if (index < 0) {
            return this;
        }
        int rest = keys.length - index - 1;
        var newKeys = Arrays.copyOf(keys, keys.length - 1);
        var newEvents = Arrays.copyOf(events, events.length - 1);
        System.arraycopy(keys, index + 1, newKeys, index, rest);
        System.arraycopy(events, index + 1, newEvents, index, rest);
        int newHash = contentHash - TrieNode.entryHash(key, events[index]);
        return new CollisionNode(newKeys, newEvents, newHash);
    }

    @Override
    public void forEach(BiConsumer<StateKeyTuple, EventId> action) {
        for (int i = 0; i < keys.length; i++) {
            action.accept(keys[i], events[i]);
        }
    }

    @Override
    public StateKeyTuple firstKey() {
        return keys[0];
    }

    @Override
    public EventId firstEvent() {
        return events[0];
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof CollisionNode node
                        && contentHash == node.contentHash
                        && Arrays.equals(keys, node.keys)
                        && Arrays.equals(events, node.events));
    }

    @Override
    public int hashCode() {
        return contentHash;
    }
}
