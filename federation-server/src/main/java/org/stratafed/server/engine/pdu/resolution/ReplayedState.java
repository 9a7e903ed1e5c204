package org.stratafed.server.engine.pdu.resolution;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;

/// The state that events are replayed onto: what it started from, and what has been set since. It
/// costs what is set.
final class ReplayedState {

    private final StateMap start;
    private final SequencedMap<StateKeyTuple, EventId> set = new LinkedHashMap<>();

    ReplayedState(StateMap start) {
        this.start = start;
    }

    Optional<EventId> get(StateKeyTuple key) {
        var event = set.get(key);
        return event != null ? Optional.of(event) : start.get(key);
    }

    void set(StateKeyTuple key, EventId event) {
        set.put(key, event);
    }

    /// The other state, with what was set here for keys that it does not have.
    StateMap under(StateMap other) {
        var result = other;
        for (var entry : set.entrySet()) {
            if (other.get(entry.getKey()).isEmpty()) {
                result = result.with(entry.getKey(), entry.getValue());
            }
        }
        return result;
    }
}
