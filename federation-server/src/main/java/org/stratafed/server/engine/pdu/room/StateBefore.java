package org.stratafed.server.engine.pdu.room;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedSet;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.Signatures;
import org.stratafed.api.spi.store.RoomSnapshot.Extremity;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.server.engine.pdu.auth.AuthEventSelection;
import org.stratafed.server.engine.pdu.resolution.EventGraph;
import org.stratafed.server.engine.pdu.resolution.FullConflictedSet;
import org.stratafed.server.engine.pdu.resolution.Replay;
import org.stratafed.server.engine.pdu.resolution.StateResolution;

/// The room's state where several events meet: resolved over the states after each of them.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#room-state-resolution">Room state
///     resolution</a>
final class StateBefore {

    private final RoomTransition transition;
    private final Signatures signatures;

    StateBefore(RoomTransition transition, Signatures signatures) {
        this.transition = transition;
        this.signatures = signatures;
    }

    /// The state before an event that cites these, all of them placed.
    StatePoint of(SequencedCollection<StoredEvent> previous) {
        if (isAllExtremities(previous)) {
            return transition.current().orElseThrow();
        }
        var points = new LinkedHashSet<StatePoint>();
        previous.forEach(event -> points.add(event.after().orElseThrow()));
        return merge(points);
    }

    /// The current state: resolved over the state after all forward extremities.
    StatePoint ofExtremities() {
        var points = new LinkedHashSet<StatePoint>();
        for (Extremity extremity : transition.extremities().all().values()) {
            points.add(extremity.after());
        }
        return merge(points);
    }

    private boolean isAllExtremities(SequencedCollection<StoredEvent> previous) {
        return transition.current().isPresent()
                && transition
                        .extremities()
                        .areExactly(previous.stream().map(event -> event.pdu().id()).toList());
    }

    private StatePoint merge(SequencedSet<StatePoint> points) {
        if (points.isEmpty()) {
            return transition.lines().empty();
        }
        if (points.size() == 1) {
            return points.getFirst();
        }
        var states = distinct(points);
        var resolved = states.size() == 1 ? states.getFirst() : resolve(states);
        var nearby = new LinkedHashSet<StatePoint>();
        transition.current().ifPresent(nearby::add);
        nearby.addAll(points);
        return transition.lines().reach(List.copyOf(nearby), resolved);
    }

    private List<StateMap> distinct(SequencedSet<StatePoint> points) {
        var states = new ArrayList<StateMap>();
        for (var point : points) {
            var state = transition.lines().state(point);
            if (states.stream().noneMatch(state::equals)) {
                states.add(state);
            }
        }
        return states;
    }

    private StateMap resolve(List<StateMap> states) {
        prepare(states);
        return StateResolution.resolve(transition.rules(), states, graph(), signatures);
    }

    /// The events of a resolution of these states in the order in which it replayed them.
    List<Replay> explain(List<StateMap> states) {
        prepare(states);
        return StateResolution.explain(transition.rules(), states, graph(), signatures);
    }

    private void prepare(List<StateMap> states) {
        transition.requireAuthChains(conflicted(states));
        var graph = graph();
        var full = FullConflictedSet.of(transition.rules(), states, graph);
        transition.require(withAuthEvents(full));
        transition.require(stateThatDecides(full, states.getFirst()));
    }

    private static SequencedSet<EventId> conflicted(List<StateMap> states) {
        var keys = new LinkedHashSet<StateKeyTuple>();
        states.forEach(state -> keys.addAll(states.getFirst().changesTo(state).keySet()));
        var events = new LinkedHashSet<EventId>();
        states.forEach(state -> keys.forEach(key -> state.get(key).ifPresent(events::add)));
        return events;
    }

    private SequencedSet<EventId> withAuthEvents(Collection<EventId> events) {
        var all = new LinkedHashSet<EventId>();
        for (var event : events) {
            all.add(event);
            all.addAll(transition.authEvents(event));
        }
        return all;
    }

    /// The events of one of the states that the conflicted ones may be authorised by, so that they
    /// are read at once.
    private SequencedSet<EventId> stateThatDecides(Collection<EventId> events, StateMap state) {
        var deciding = new LinkedHashSet<EventId>();
        for (var id : events) {
            transition
                    .event(id)
                    .ifPresent(
                            event ->
                                    AuthEventSelection.select(transition.rules(), event.pdu())
                                            .forEach(
                                                    key ->
                                                            state.get(key)
                                                                    .ifPresent(deciding::add)));
        }
        return deciding;
    }

    private EventGraph graph() {
        return new EventGraph() {
            @Override
            public Optional<Pdu> event(EventId id) {
                return transition.event(id).map(StoredEvent::pdu);
            }

            @Override
            public List<EventId> authEvents(EventId id) {
                return transition.authEvents(id);
            }

            /// As many as the room has state, in a large room: one read, not one for each.
            @Override
            public void prepare(Collection<EventId> events) {
                transition.requireAuthChains(events);
            }

            @Override
            public boolean isRejected(EventId id) {
                return transition
                        .event(id)
                        .map(event -> event.status() == EventStatus.REJECTED)
                        .orElse(false);
            }
        };
    }
}
