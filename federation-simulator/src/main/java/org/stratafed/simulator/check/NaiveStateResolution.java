package org.stratafed.simulator.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StateResolutionVersion;

/// State resolution v2 and v2.1 a second time, for checking the engine's: written down from the
/// specification in the most obvious way, with no thought of cost, and sharing nothing with the
/// engine's but the authorization rules.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#state-resolution">State resolution</a>
public final class NaiveStateResolution {

    private final RoomVersionRules rules;
    private final NaiveEvents events;
    private final NaiveAuthRules authRules;
    private final NaiveReading reading;
    private final NaiveAuthChain chain;
    private final NaivePower power;

    public NaiveStateResolution(
            RoomVersionRules rules,
            NaiveEvents events,
            NaiveAuthRules authRules,
            NaiveReading reading) {
        this.rules = rules;
        this.events = events;
        this.authRules = authRules;
        this.reading = reading;
        chain = new NaiveAuthChain(events, reading);
        power = new NaivePower(rules, events);
    }

    public SequencedMap<StateKeyTuple, EventId> resolve(
            List<SequencedMap<StateKeyTuple, EventId>> states) {
        var conflicts = new NaiveConflicts(states, chain);
        var unconflicted = conflicts.unconflictedStateMap();
        var full = fullConflictedSet(conflicts);
        var first = powerEventsWithTheirChains(full);
        var state = new TreeMap<StateKeyTuple, EventId>();
        if (!isVersion21()) {
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

    private boolean isVersion21() {
        return rules.stateResolution() == StateResolutionVersion.V2_1;
    }

    private SequencedSet<EventId> fullConflictedSet(NaiveConflicts conflicts) {
        SequencedSet<EventId> full = new LinkedHashSet<>(conflicts.conflictedStateSet());
        if (full.isEmpty()) {
            return full;
        }
        if (isVersion21()) {
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
                Comparator.comparingDouble((EventId id) -> -power.of(event(id)))
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

    private List<EventId> byMainline(
            SequencedSet<EventId> ids, SequencedMap<StateKeyTuple, EventId> state) {
        var mainline = new ArrayList<EventId>();
        var start = state.get(new StateKeyTuple("m.room.power_levels", ""));
        if (start != null) {
            mainline.add(start);
            mainline.addAll(powerLevelsBelow(start));
        }
        var sorted = new ArrayList<>(ids);
        sorted.sort(
                Comparator.comparing((EventId id) -> -position(id, mainline))
                        .thenComparing(id -> event(id).originServerTs())
                        .thenComparing(Comparator.naturalOrder()));
        return sorted;
    }

    private List<EventId> powerLevelsBelow(EventId id) {
        var below = new ArrayList<EventId>();
        var next = power.cited(event(id), "m.room.power_levels");
        while (next.isPresent()) {
            below.add(next.get().id());
            next = power.cited(next.get(), "m.room.power_levels");
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
            var authState = new TreeMap<StateKeyTuple, Pdu>();
            power.create(event).ifPresent(create -> add(authState, create));
            event.authEvents().forEach(cited -> add(authState, event(cited)));
            state.forEach((key, value) -> authState.put(key, event(value)));
            if (authRules.allow(event, authState)) {
                state.put(event.stateTuple().orElseThrow(), id);
            }
        }
    }

    private void add(SequencedMap<StateKeyTuple, Pdu> authState, Pdu event) {
        if (!events.isRejected(event.id())) {
            authState.put(event.stateTuple().orElseThrow(), event);
        }
    }

    private Pdu event(EventId id) {
        return events.event(id).orElseThrow();
    }
}
