package org.stratafed.server.engine.pdu.resolution;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;

/// Several states as room version 1 sees them: what any of them has stands, unless they have
/// different events for it. A key that one of them lacks is none that they disagree on.
///
/// @param agreed the union of the states, without the keys in dispute
/// @param disputed the events that the states have for the others
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v1/#state-resolution">State resolution</a>
record UnitedState(StateMap agreed, SequencedMap<StateKeyTuple, SequencedSet<EventId>> disputed) {

    UnitedState {
        disputed = Collections.unmodifiableSequencedMap(disputed);
    }

    /// @param states at least one
    static UnitedState of(List<StateMap> states) {
        var first = states.getFirst();
        var keys = new TreeSet<StateKeyTuple>();
        states.forEach(state -> keys.addAll(first.changesTo(state).keySet()));
        var agreed = first;
        var disputed = new TreeMap<StateKeyTuple, SequencedSet<EventId>>();
        for (var key : keys) {
            var events = new LinkedHashSet<EventId>();
            states.forEach(state -> state.get(key).ifPresent(events::add));
            if (events.size() == 1) {
                agreed = agreed.with(key, events.getFirst());
            } else {
                agreed = agreed.without(key);
                disputed.put(key, events);
            }
        }
        return new UnitedState(agreed, disputed);
    }

    /// All events in dispute.
    SequencedSet<EventId> events() {
        var all = new LinkedHashSet<EventId>();
        disputed.values().forEach(all::addAll);
        return all;
    }
}
