package org.stratafed.server.engine.pdu.resolution;

import java.util.Collections;
import java.util.List;
import java.util.SequencedSet;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StateMap;

/// The events that a resolution replays: the conflicted ones, what is in some but not all of the
/// states' auth chains, and, where the room version says so, what lies between conflicted events.
///
/// Needs identifiers and edges only, so that the bodies of just these events can be loaded.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#definitions">Full conflicted set</a>
public final class FullConflictedSet {

    private FullConflictedSet() {}

    public static SequencedSet<EventId> of(
            RoomVersionRules rules, List<StateMap> states, AuthEdges edges) {
        if (states.isEmpty()) {
            return Collections.emptyNavigableSet();
        }
        return switch (rules.stateResolution()) {
            case V1 -> UnitedState.of(states).events();
            case V2, V2_1 -> of(rules, ConflictedState.of(states), edges);
        };
    }

    static SequencedSet<EventId> of(
            RoomVersionRules rules, ConflictedState state, AuthEdges edges) {
        var events = state.conflicted();
        if (events.isEmpty()) {
            return events;
        }
        switch (rules.stateResolution()) {
            case V1 -> {
                return events;
            }
            case V2 -> {}
            case V2_1 -> events.addAll(ConflictedSubgraph.of(events, edges));
        }
        events.addAll(AuthDifference.beyond(events, state, edges));
        return events;
    }
}
