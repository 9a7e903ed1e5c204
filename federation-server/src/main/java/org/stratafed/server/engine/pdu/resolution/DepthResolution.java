package org.stratafed.server.engine.pdu.resolution;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.Signatures;
import org.stratafed.server.engine.pdu.auth.AuthState;
import org.stratafed.server.engine.pdu.auth.EventAuthorization;

/// State resolution of room version 1: what the states have different events for is decided key by
/// key, by how deep the events are. First power levels, then join rules, then memberships, then
/// the rest, each in the light of what has been decided before its kind.
///
/// The text lets a decision about one member have a say in that about the next, and doesn't say
/// what becomes of a key for which no event is allowed. Here members are decided on independently,
/// and such a key gets the event that is least deep, as in deployed servers.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v1/#state-resolution">State resolution</a>
final class DepthResolution {

    private static final String JOIN_RULES = StateKeys.JOIN_RULES.type();
    private static final String MEMBER = "m.room.member";

    private final RoomVersionRules rules;
    private final EventGraph graph;
    private final Signatures signatures;
    private StateMap resolved;

    private DepthResolution(
            RoomVersionRules rules, EventGraph graph, Signatures signatures, StateMap agreed) {
        this.rules = rules;
        this.graph = graph;
        this.signatures = signatures;
        resolved = agreed;
    }

    static StateMap resolve(
            RoomVersionRules rules, UnitedState state, EventGraph graph, Signatures signatures) {
        var resolution = new DepthResolution(rules, graph, signatures, state.agreed());
        return resolution.resolve(resolution.candidates(state));
    }

    /// The events for each key in dispute. One that this server will never know is none; a key
    /// that has only one left then is decided.
    private SequencedMap<StateKeyTuple, List<Pdu>> candidates(UnitedState state) {
        var candidates = new TreeMap<StateKeyTuple, List<Pdu>>();
        state.disputed()
                .forEach(
                        (key, ids) -> {
                            var events =
                                    ids.stream()
                                            .map(graph::event)
                                            .flatMap(Optional::stream)
                                            .toList();
                            if (events.size() > 1) {
                                candidates.put(key, DepthOrdering.sorted(events));
                            } else if (!events.isEmpty()) {
                                resolved = resolved.with(key, events.getFirst().id());
                            }
                        });
        return candidates;
    }

    private StateMap resolve(SequencedMap<StateKeyTuple, List<Pdu>> candidates) {
        Predicate<StateKeyTuple> isPower = StateKeys.POWER_LEVELS::equals;
        Predicate<StateKeyTuple> isJoinRules = key -> key.type().equals(JOIN_RULES);
        Predicate<StateKeyTuple> isMember = key -> key.type().equals(MEMBER);
        decide(candidates, isPower, this::lastInARow);
        decide(candidates, isJoinRules, this::lastInARow);
        decide(candidates, isMember, this::lastInARow);
        decide(candidates, isPower.or(isJoinRules).or(isMember).negate(), this::deepestAllowed);
        return resolved;
    }

    /// Decides the keys of one kind, none of them in the light of another.
    private void decide(
            SequencedMap<StateKeyTuple, List<Pdu>> candidates,
            Predicate<StateKeyTuple> kind,
            Function<List<Pdu>, Pdu> choice) {
        var chosen = new LinkedHashMap<StateKeyTuple, EventId>();
        candidates.forEach(
                (key, events) -> {
                    if (kind.test(key)) {
                        chosen.put(key, choice.apply(events).id());
                    }
                });
        chosen.forEach((key, event) -> resolved = resolved.with(key, event));
    }

    /// Of events that replace each other in this order, the last before one that may not.
    private Pdu lastInARow(List<Pdu> events) {
        var last = events.getFirst();
        for (var next : events.subList(1, events.size())) {
            if (!isAllowed(next, Optional.of(last))) {
                return last;
            }
            last = next;
        }
        return last;
    }

    private Pdu deepestAllowed(List<Pdu> events) {
        return events.reversed().stream()
                .filter(event -> isAllowed(event, Optional.empty()))
                .findFirst()
                .orElseGet(events::getFirst);
    }

    /// @param before what the event would take the place of
    private boolean isAllowed(Pdu event, Optional<Pdu> before) {
        AuthState state =
                (type, stateKey) ->
                        before.filter(other -> other.isState(type, stateKey))
                                .or(
                                        () ->
                                                resolved.get(new StateKeyTuple(type, stateKey))
                                                        .flatMap(graph::event));
        return EventAuthorization.check(rules, event, state, signatures).isAllowed();
    }
}
