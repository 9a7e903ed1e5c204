package org.stratafed.server.engine.pdu.arrival;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;

/// What is known of a room that is being sent: which events came and are sound, and what of them
/// is its state.
final class Arrived {

    private static final StateKeyTuple CREATE = new StateKeyTuple("m.room.create", "");

    private final ServerName peer;

    /// What each sound event sets.
    private final Map<EventId, Optional<StateKeyTuple>> sound = new LinkedHashMap<>();

    private final Map<StateKeyTuple, EventId> state = new LinkedHashMap<>();
    private final SequencedSet<EventId> fallen = new LinkedHashSet<>();
    private Optional<String> version = Optional.empty();

    Arrived(ServerName peer) {
        this.peer = peer;
    }

    /// Those of these events that came and are sound.
    SequencedSet<EventId> ids(SequencedSet<EventId> events) {
        var here = new LinkedHashSet<>(events);
        here.retainAll(sound.keySet());
        return here;
    }

    boolean has(EventId event) {
        return sound.containsKey(event);
    }

    /// Answers whether it is news. Of two events with one ID the first counts.
    boolean add(Pdu pdu) {
        boolean isNew = sound.putIfAbsent(pdu.id(), pdu.stateTuple()) == null;
        if (isNew && pdu.stateTuple().equals(Optional.of(CREATE))) {
            // A room without a version in its create event is of version 1.
            version = Optional.of(pdu.content().string("room_version").orElse("1"));
        }
        return isNew;
    }

    /// The event, which is sound, was sent as one of the state. Fails with
    /// [RemoteFailure.Garbled] if there is another for the same: then it is no state.
    void setState(EventId event) {
        var key = sound.get(event);
        if (key.isPresent()) {
            var other = state.put(key.get(), event);
            if (other != null && !other.equals(event)) {
                throw new RemoteFailure.Garbled(
                        peer + " told two events of the state for " + key.get());
            }
        }
    }

    /// The event did not pass its checks in the room.
    void fall(EventId event) {
        fallen.add(event);
    }

    Optional<String> version() {
        return version;
    }

    /// The state without the events that fell.
    StateMap state() {
        var map = StateMap.empty();
        for (var entry : state.entrySet()) {
            if (!fallen.contains(entry.getValue())) {
                map = map.with(entry.getKey(), entry.getValue());
            }
        }
        return map;
    }
}
