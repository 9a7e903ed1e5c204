package org.stratafed.server.engine.pdu.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.model.room.StateReset;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.RoomSnapshot.Extremity;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.server.engine.pdu.resolution.Replay;

/// Looks for parts of a room's state that went back in a turn, or away, though nobody did anything
/// to that end.
///
/// A change is *caused* if its event came in this very turn, or if it had not been replaced yet in
/// the history that the state before came from: then somebody set it on a side that is only now
/// merged. It is caused, too, if what it was before may not stand any more, because of something
/// that came in this turn. Any other change that takes a key back to an event that had been
/// replaced, or takes it away, is a reset.
final class StateResets {

    static final int RESETS_PER_TURN_MAX = 20;

    /// How far back the line of a key's events is followed.
    static final int SUCCESSION_MAX = 50;

    private final RoomTransition transition;
    private final Deciding with;
    private final SequencedSet<EventId> placed = new LinkedHashSet<>();

    StateResets(RoomTransition transition, Deciding with) {
        this.transition = transition;
        this.with = with;
    }

    List<StateReset> find() {
        var base = transition.base();
        if (base.isEmpty()
                || transition.extremities().areRestarted()
                || transition.current().equals(base.map(RoomSnapshot::current))) {
            return List.of();
        }
        transition.written().stream()
                .filter(event -> event.kind() != EventKind.OUTLIER)
                .forEach(event -> placed.add(event.pdu().id()));
        var former = transition.committedState();
        var changes = former.changesTo(transition.currentState());
        var suspects = suspects(base.get(), former, changes);
        if (suspects.isEmpty()) {
            return List.of();
        }
        var sides = sides();
        var replays = replays(sides);
        suspects.removeAll(explained(former, changes, replays));
        return suspects.stream()
                .limit(RESETS_PER_TURN_MAX)
                .map(key -> reset(key, former.get(key).orElseThrow(), sides, replays))
                .toList();
    }

    /// The keys that went back or away, whatever for.
    private SequencedSet<StateKeyTuple> suspects(
            RoomSnapshot base,
            StateMap former,
            SequencedMap<StateKeyTuple, Optional<EventId>> changes) {
        var suspects = new LinkedHashSet<StateKeyTuple>();
        changes.forEach(
                (key, chosen) -> {
                    var was = former.get(key);
                    boolean isNews = chosen.filter(placed::contains).isPresent();
                    if (was.isPresent()
                            && !isNews
                            && (chosen.isEmpty()
                                    || wasReplaced(base, key, was.get(), chosen.get()))) {
                        suspects.add(key);
                    }
                });
        return suspects;
    }

    /// Whether one of the events that the key had before, in any part of the history, came in place
    /// of this one.
    private boolean wasReplaced(
            RoomSnapshot base, StateKeyTuple key, EventId former, EventId chosen) {
        var newest = new LinkedHashSet<>(List.of(former));
        for (Extremity extremity : base.extremities().values()) {
            transition.lines().state(extremity.after()).get(key).ifPresent(newest::add);
        }
        newest.remove(chosen);
        return newest.stream().anyMatch(event -> comesAfter(key, event, chosen));
    }

    private boolean comesAfter(StateKeyTuple key, EventId event, EventId older) {
        var next = Optional.of(event);
        for (int i = 0; i < SUCCESSION_MAX && next.isPresent(); i++) {
            next = replacedBy(key, next.get());
            if (next.equals(Optional.of(older))) {
                return true;
            }
        }
        return false;
    }

    /// What the key was set to before this event set it.
    private Optional<EventId> replacedBy(StateKeyTuple key, EventId id) {
        transition.require(List.of(id));
        var event = transition.event(id);
        var before = event.flatMap(StoredEvent::before);
        return before.isPresent()
                ? transition.lines().state(before.get()).get(key)
                : event.map(StoredEvent::pdu).flatMap(pdu -> citedFor(key, pdu));
    }

    private Optional<EventId> citedFor(StateKeyTuple key, Pdu pdu) {
        transition.require(pdu.authEvents());
        return pdu.authEvents().stream()
                .filter(
                        id ->
                                transition
                                        .event(id)
                                        .flatMap(event -> event.pdu().stateTuple())
                                        .equals(Optional.of(key)))
                .findFirst();
    }

    /// The states that were resolved, each with the event it comes after: those of the forward
    /// extremities, or of what a single one cites.
    private SequencedMap<EventId, StateMap> sides() {
        var extremities = transition.extremities().all();
        var points = new LinkedHashMap<EventId, StatePoint>();
        extremities.forEach((id, extremity) -> points.put(id, extremity.after()));
        if (extremities.size() == 1) {
            var only = extremities.firstEntry().getKey();
            var previous = transition.event(only).orElseThrow().pdu().prevEvents();
            transition.require(previous);
            var before = new LinkedHashMap<EventId, StatePoint>();
            for (var id : previous) {
                transition
                        .event(id)
                        .flatMap(StoredEvent::after)
                        .ifPresent(after -> before.put(id, after));
            }
            if (before.size() > 1) {
                points.clear();
                points.putAll(before);
            }
        }
        var sides = new LinkedHashMap<EventId, StateMap>();
        points.forEach((id, point) -> sides.put(id, transition.lines().state(point)));
        return sides;
    }

    private SequencedMap<EventId, Replay> replays(SequencedMap<EventId, StateMap> sides) {
        var states = sides.values().stream().distinct().toList();
        var replays = new LinkedHashMap<EventId, Replay>();
        if (states.size() > 1) {
            new StateBefore(transition, with.signatures())
                    .explain(states)
                    .forEach(replay -> replays.put(replay.event().id(), replay));
        }
        return replays;
    }

    /// The changes that follow from something that came in this turn: its own event did; or what it
    /// was before is refused on account of such a change.
    private SequencedSet<StateKeyTuple> explained(
            StateMap former,
            SequencedMap<StateKeyTuple, Optional<EventId>> changes,
            SequencedMap<EventId, Replay> replays) {
        var explained = new LinkedHashSet<StateKeyTuple>();
        boolean grows = true;
        while (grows) {
            grows = false;
            for (var change : changes.entrySet()) {
                var key = change.getKey();
                boolean isNews = change.getValue().filter(placed::contains).isPresent();
                var replay = former.get(key).map(replays::get);
                if (isNews || replay.filter(it -> isRefusedFor(it, explained)).isPresent()) {
                    grows |= explained.add(key);
                }
            }
        }
        return explained;
    }

    private boolean isRefusedFor(Replay replay, SequencedSet<StateKeyTuple> explained) {
        return !replay.verdict().isAllowed()
                && replay.consulted().entrySet().stream()
                        .anyMatch(
                                entry ->
                                        explained.contains(entry.getKey())
                                                || entry.getValue()
                                                        .filter(placed::contains)
                                                        .isPresent());
    }

    private StateReset reset(
            StateKeyTuple key,
            EventId former,
            SequencedMap<EventId, StateMap> sides,
            SequencedMap<EventId, Replay> replays) {
        var values = new LinkedHashMap<EventId, Optional<EventId>>();
        sides.forEach((extremity, state) -> values.put(extremity, state.get(key)));
        var chosen = transition.currentState().get(key);
        var comparison = DecidingComparison.of(former, chosen, replays, isFirstAlgorithm());
        return new StateReset(
                transition.room(),
                with.now(),
                key,
                former,
                chosen,
                values,
                new LinkedHashSet<>(new ArrayList<>(placed)),
                comparison.step(),
                comparison.sentence());
    }

    private boolean isFirstAlgorithm() {
        return switch (transition.rules().stateResolution()) {
            case V1 -> true;
            case V2, V2_1 -> false;
        };
    }
}
