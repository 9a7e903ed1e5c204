package org.stratafed.simulator.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.simulator.check.rules.Level;
import org.stratafed.simulator.check.rules.RoomState;
import org.stratafed.simulator.check.rules.SlowAuthRules;

/// State resolution a second time, for checking the engine's: written down from the specification
/// in the most obvious way, with no thought of cost, and sharing nothing with the engine's. Here
/// v2 and v2.1; that of room version 1 is [NaiveResolutionByDepth].
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#state-resolution">State resolution</a>
public final class NaiveStateResolution {

    private final NaiveEvents events;
    private final SlowAuthRules rules;
    private final NaiveReading reading;
    private final NaiveAuthChain chain;
    private final NaiveAuthState authState;
    private final Map<EventId, Level> powers = new LinkedHashMap<>();

    public NaiveStateResolution(NaiveEvents events, SlowAuthRules rules, NaiveReading reading) {
        this.events = events;
        this.rules = rules;
        this.reading = reading;
        chain = new NaiveAuthChain(events, reading);
        authState = new NaiveAuthState(rules, events);
    }

    public SequencedMap<StateKeyTuple, EventId> resolve(
            List<SequencedMap<StateKeyTuple, EventId>> states) {
        if (rules.resolutionIsByDepth()) {
            return new NaiveResolutionByDepth(events, rules, states).resolve();
        }
        var conflicts = new NaiveConflicts(states, chain);
        var unconflicted = conflicts.unconflictedStateMap();
        var full = fullConflictedSet(conflicts);
        var first = powerEventsWithTheirChains(full);
        var state = new TreeMap<StateKeyTuple, EventId>();
        if (!rules.resolutionStartsEmpty()) {
            state.putAll(unconflicted);
        }
        iterativeAuthChecks(state, byReverseTopologicalPower(first));
        SequencedSet<EventId> rest = new LinkedHashSet<>(full);
        rest.removeAll(first);
        iterativeAuthChecks(state, byMainline(rest, state));
        state.putAll(unconflicted);
        return state;
    }

    /// The events that a resolution of these states replays.
    public SequencedSet<EventId> fullConflictedSet(
            List<SequencedMap<StateKeyTuple, EventId>> states) {
        return fullConflictedSet(new NaiveConflicts(states, chain));
    }

    private SequencedSet<EventId> fullConflictedSet(NaiveConflicts conflicts) {
        SequencedSet<EventId> full = new LinkedHashSet<>(conflicts.conflictedStateSet());
        if (full.isEmpty()) {
            return full;
        }
        if (rules.resolutionStartsEmpty()) {
            full.addAll(conflicts.conflictedStateSubgraph());
        }
        full.addAll(conflicts.authDifference());
        return full;
    }

    private SequencedSet<EventId> powerEventsWithTheirChains(SequencedSet<EventId> full) {
        SequencedSet<EventId> chosen = new LinkedHashSet<>();
        for (var id : full) {
            if (isPowerEvent(event(id))) {
                chosen.add(id);
                if (reading == NaiveReading.LETTER) {
                    chosen.addAll(chain.of(id));
                } else {
                    addCited(id, full, chosen);
                }
            }
        }
        chosen.retainAll(full);
        return chosen;
    }

    private void addCited(EventId id, SequencedSet<EventId> full, SequencedSet<EventId> chosen) {
        for (var cited : event(id).authEvents()) {
            if (full.contains(cited) && chosen.add(cited)) {
                addCited(cited, full, chosen);
            }
        }
    }

    private static boolean isPowerEvent(Pdu event) {
        if (event.isState("m.room.power_levels", "") || event.isState("m.room.join_rules", "")) {
            return true;
        }
        var membership = event.content().string("membership").orElse("");
        return event.type().equals("m.room.member")
                && (membership.equals("leave") || membership.equals("ban"))
                && !event.stateKey().equals(Optional.of(event.sender().value()));
    }

    /// Takes, over and over, the best of the events all of whose cited events have been taken.
    private List<EventId> byReverseTopologicalPower(SequencedSet<EventId> ids) {
        var order =
                Comparator.comparing((EventId id) -> senderPower(event(id)))
                        .reversed()
                        .thenComparing(id -> event(id).originServerTs())
                        .thenComparing(Comparator.naturalOrder());
        var sorted = new ArrayList<EventId>();
        SequencedSet<EventId> left = new LinkedHashSet<>(ids);
        while (!left.isEmpty()) {
            var next =
                    left.stream()
                            .filter(id -> event(id).authEvents().stream().noneMatch(left::contains))
                            .min(order)
                            .orElseThrow();
            left.remove(next);
            sorted.add(next);
        }
        return sorted;
    }

    /// The power of an event's sender by the event's own auth events.
    private Level senderPower(Pdu event) {
        return powers.computeIfAbsent(
                event.id(), _ -> rules.senderPower(event, authState.of(event)));
    }

    private List<EventId> byMainline(
            SequencedSet<EventId> ids, SequencedMap<StateKeyTuple, EventId> state) {
        var mainline = new ArrayList<EventId>();
        var start = state.get(new StateKeyTuple("m.room.power_levels", ""));
        if (start != null) {
            mainline.add(start);
            mainline.addAll(powerLevelsBelow(start));
        }
        var positions = new LinkedHashMap<EventId, Integer>();
        ids.forEach(id -> positions.put(id, position(id, mainline)));
        var sorted = new ArrayList<>(ids);
        sorted.sort(
                Comparator.comparing((EventId id) -> -positions.get(id))
                        .thenComparing(id -> event(id).originServerTs())
                        .thenComparing(Comparator.naturalOrder()));
        return sorted;
    }

    private List<EventId> powerLevelsBelow(EventId id) {
        var below = new ArrayList<EventId>();
        var next = authState.powerLevels(event(id));
        while (next.isPresent()) {
            below.add(next.get().id());
            next = authState.powerLevels(next.get());
        }
        return below;
    }

    private int position(EventId id, List<EventId> mainline) {
        return powerLevelsBelow(id).stream()
                .filter(mainline::contains)
                .findFirst()
                .map(mainline::indexOf)
                .orElse(Integer.MAX_VALUE);
    }

    private void iterativeAuthChecks(
            SequencedMap<StateKeyTuple, EventId> state, List<EventId> ids) {
        for (var id : ids) {
            var event = event(id);
            var accepted = authState.accepted(event);
            RoomState allowedBy =
                    (type, stateKey) -> {
                        var key = new StateKeyTuple(type, stateKey);
                        return state.containsKey(key)
                                ? events.event(state.get(key))
                                : Optional.ofNullable(accepted.get(key));
                    };
            if (rules.checkByState(event, allowedBy).isAllowed()) {
                state.put(event.stateTuple().orElseThrow(), id);
            }
        }
    }

    private Pdu event(EventId id) {
        return events.event(id).orElseThrow();
    }
}
