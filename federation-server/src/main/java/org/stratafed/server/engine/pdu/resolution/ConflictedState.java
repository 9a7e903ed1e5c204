package org.stratafed.server.engine.pdu.resolution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;

/// Several states, parted in what they have in common and what they disagree on. A key that one of
/// them lacks is one they disagree on.
///
/// Costs what the states differ in, since they are compared without looking at what they share.
///
/// @param unconflicted the keys for which all the states have the same event
/// @param byState for each of the states its events for all other keys
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v11/#definitions">Unconflicted state map and
///     conflicted state set</a>
record ConflictedState(StateMap unconflicted, List<SequencedSet<EventId>> byState) {

    /// @param states at least one
    static ConflictedState of(List<StateMap> states) {
        var first = states.getFirst();
        var keys = new TreeSet<StateKeyTuple>();
        for (var state : states) {
            keys.addAll(first.changesTo(state).keySet());
        }
        var unconflicted = first;
        for (var key : keys) {
            unconflicted = unconflicted.without(key);
        }
        var byState = new ArrayList<SequencedSet<EventId>>();
        for (var state : states) {
            byState.add(eventsOf(state, keys));
        }
        return new ConflictedState(unconflicted, Collections.unmodifiableList(byState));
    }

    private static SequencedSet<EventId> eventsOf(StateMap state, TreeSet<StateKeyTuple> keys) {
        SequencedSet<EventId> events = new LinkedHashSet<>();
        for (var key : keys) {
            state.get(key).ifPresent(events::add);
        }
        return Collections.unmodifiableSequencedSet(events);
    }

    /// The conflicted state set: the events that the states disagree on, of all of them.
    SequencedSet<EventId> conflicted() {
        var events = new LinkedHashSet<EventId>();
        byState.forEach(events::addAll);
        return events;
    }
}
