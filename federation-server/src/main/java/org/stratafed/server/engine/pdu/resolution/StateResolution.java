package org.stratafed.server.engine.pdu.resolution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.Signatures;

/// State resolution: makes one state of several, the same one on every server that has the same
/// events. Pure, and blind to the order in which the states come.
///
/// The states are parted in what they agree on and what they don't. The events in dispute, and what
/// these rest on as far as that is in dispute too, are replayed: first those that can take power
/// away, the most powerful sender's first, then all others, those under the oldest power levels
/// first. What stands is the new state, together with what was never in dispute.
///
/// Costs what the states differ in, not what the room has; see [AuthDifference] for the exception.
///
/// Rooms of the first version do it otherwise: see [DepthResolution].
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v11/#state-resolution">State resolution of
///     room versions 2 to 11</a>
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#state-resolution">State resolution of
///     room version 12</a>
public final class StateResolution {

    private final RoomVersionRules rules;
    private final EventGraph graph;
    private final Signatures signatures;
    private final CitedState citedState;
    private final Consumer<Replay> listener;

    private StateResolution(
            RoomVersionRules rules,
            EventGraph graph,
            Signatures signatures,
            Consumer<Replay> listener) {
        this.listener = listener;
        this.rules = rules;
        this.graph = graph;
        this.signatures = signatures;
        citedState = new CitedState(rules, graph);
    }

    /// @param states what is to be resolved; a single state is its own resolution
    public static StateMap resolve(
            RoomVersionRules rules,
            List<StateMap> states,
            EventGraph graph,
            Signatures signatures) {
        return resolve(rules, states, graph, signatures, _ -> {});
    }

    /// The same, once more, for who wants to know why it comes out as it does: the events in the
    /// order in which they were replayed. The first algorithm replays none.
    public static List<Replay> explain(
            RoomVersionRules rules,
            List<StateMap> states,
            EventGraph graph,
            Signatures signatures) {
        var replays = new ArrayList<Replay>();
        resolve(rules, states, graph, signatures, replays::add);
        return replays;
    }

    private static StateMap resolve(
            RoomVersionRules rules,
            List<StateMap> states,
            EventGraph graph,
            Signatures signatures,
            Consumer<Replay> listener) {
        var distinct = states.stream().distinct().toList();
        return switch (distinct.size()) {
            case 0 -> StateMap.empty();
            case 1 -> distinct.getFirst();
            default -> resolveDistinct(rules, distinct, graph, signatures, listener);
        };
    }

    private static StateMap resolveDistinct(
            RoomVersionRules rules,
            List<StateMap> states,
            EventGraph graph,
            Signatures signatures,
            Consumer<Replay> listener) {
        var resolution = new StateResolution(rules, graph, signatures, listener);
        return switch (rules.stateResolution()) {
            case V1 -> DepthResolution.resolve(rules, UnitedState.of(states), graph, signatures);
            case V2 -> {
                var state = ConflictedState.of(states);
                yield resolution.resolve(state, state.unconflicted());
            }
            // So that every event is judged by the auth events it cites itself, and not by state
            // that it never knew.
            case V2_1 -> resolution.resolve(ConflictedState.of(states), StateMap.empty());
        };
    }

    /// @param start what events are replayed onto
    private StateMap resolve(ConflictedState state, StateMap start) {
        var replayed = new ReplayedState(start);
        var checks =
                new IterativeAuthChecks(rules, graph, citedState, signatures, replayed, listener);
        var inDispute = bodies(FullConflictedSet.of(rules, state, graph));

        // 1. and 2. The power events, and what they rest on.
        var senderPower = new SenderPower(rules, citedState);
        var powerEvents = new PowerOrdering(inDispute, senderPower).sorted();
        checks.replay(powerEvents, true);

        // 3. and 4. The others, along the mainline of the power levels that came out of that.
        powerEvents.forEach(event -> inDispute.remove(event.id()));
        var powerLevels = replayed.get(StateKeys.POWER_LEVELS).flatMap(graph::event);
        checks.replay(
                new MainlineOrdering(citedState, powerLevels).sorted(inDispute.values()), false);

        // 5. What was never in dispute stands.
        return replayed.under(state.unconflicted());
    }

    /// The events themselves. Those this server will never know can't be replayed, and what isn't
    /// a state event has no place in a state.
    private SequencedMap<EventId, Pdu> bodies(Iterable<EventId> ids) {
        var events = new LinkedHashMap<EventId, Pdu>();
        for (var id : ids) {
            graph.event(id).filter(Pdu::isState).ifPresent(event -> events.put(id, event));
        }
        return events;
    }
}
