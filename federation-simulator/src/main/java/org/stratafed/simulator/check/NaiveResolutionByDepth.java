package org.stratafed.simulator.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.simulator.check.rules.RoomState;
import org.stratafed.simulator.check.rules.SlowAuthRules;

/// State resolution of room version 1 a second time, for checking the engine's: the specification's
/// text in its order, sharing nothing with the engine's.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v1/#state-resolution">State resolution</a>
final class NaiveResolutionByDepth {

    private final NaiveEvents events;
    private final SlowAuthRules rules;
    private final List<SequencedMap<StateKeyTuple, EventId>> states;

    /// The *R* of the text, "the results of the resolution so far".
    private final SequencedMap<StateKeyTuple, EventId> resolved = new TreeMap<>();

    NaiveResolutionByDepth(
            NaiveEvents events,
            SlowAuthRules rules,
            List<SequencedMap<StateKeyTuple, EventId>> states) {
        this.events = events;
        this.rules = rules;
        this.states = states;
    }

    SequencedMap<StateKeyTuple, EventId> resolve() {
        // Start by setting *R* to the union of the states to be resolved, excluding any
        // *conflicting* events.
        for (var key : keys()) {
            if (candidates(key).size() == 1) {
                resolved.put(key, candidates(key).getFirst());
            }
        }
        // First we resolve conflicts between `m.room.power_levels` events.
        resolveAuthEvents("m.room.power_levels");
        // Repeat the above process for conflicts between `m.room.join_rules` events.
        resolveAuthEvents("m.room.join_rules");
        // Repeat the above process for conflicts between `m.room.member` events.
        resolveAuthEvents("m.room.member");
        // No other events affect the authorisation rules, so for all other conflicts, just pick the
        // event with the highest depth and lowest `sha1(event_id)` that passes authentication in
        // *R* and add it to *R*.
        resolveOthers();
        return resolved;
    }

    /// The conflicts of a type, each with what the last pass came to, and with deployed servers
    /// not with what this one came to for another state key.
    private void resolveAuthEvents(String type) {
        var results = new TreeMap<StateKeyTuple, EventId>();
        for (var key : conflicts(it -> it.type().equals(type))) {
            results.put(key, lastAllowed(key));
        }
        resolved.putAll(results);
    }

    private EventId lastAllowed(StateKeyTuple key) {
        var list = byDepth(key);
        var state = new TreeMap<>(resolved);
        // Add the first event in the list to *R*.
        state.put(key, list.getFirst().id());
        // For each subsequent event in the list, check that the event would be allowed by the
        // authorisation rules for a room in state *R*. If the event would be allowed, then update
        // *R* with the event and continue with the next event in the list. If it would not be
        // allowed, stop and continue below.
        for (var event : list.subList(1, list.size())) {
            if (!isAllowed(event, state)) {
                break;
            }
            state.put(key, event.id());
        }
        return state.get(key);
    }

    private void resolveOthers() {
        var results = new TreeMap<StateKeyTuple, EventId>();
        for (var key : conflicts(_ -> true)) {
            var list = byDepth(key).reversed();
            var picked = list.stream().filter(event -> isAllowed(event, resolved)).findFirst();
            // The text doesn't say what to do if there is none. Deployed servers take the last.
            results.put(key, picked.orElse(list.getLast()).id());
        }
        resolved.putAll(results);
    }

    /// Sort the list by ascending `depth` then descending `sha1(event_id)`.
    private List<Pdu> byDepth(StateKeyTuple key) {
        var list = new ArrayList<>(candidates(key).stream().map(this::event).toList());
        list.sort(
                Comparator.comparing(Pdu::depth)
                        .thenComparing(event -> sha1(event.id()), Comparator.reverseOrder()));
        return list;
    }

    private static String sha1(EventId id) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest(id.value().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }

    private boolean isAllowed(Pdu event, SequencedMap<StateKeyTuple, EventId> state) {
        RoomState byKey =
                (type, stateKey) ->
                        Optional.ofNullable(state.get(new StateKeyTuple(type, stateKey)))
                                .map(this::event);
        return rules.checkByState(event, byKey).isAllowed();
    }

    /// What is in conflict still: a *conflict* occurs between states where those states have
    /// different `event_ids` for the same `(event_type, state_key)`.
    private SequencedSet<StateKeyTuple> conflicts(Predicate<StateKeyTuple> which) {
        SequencedSet<StateKeyTuple> conflicts = new LinkedHashSet<>();
        for (var key : keys()) {
            if (which.test(key) && !resolved.containsKey(key)) {
                conflicts.add(key);
            }
        }
        return conflicts;
    }

    private SequencedSet<StateKeyTuple> keys() {
        SequencedSet<StateKeyTuple> keys = new LinkedHashSet<>();
        states.forEach(state -> keys.addAll(state.keySet()));
        return keys;
    }

    private SequencedSet<EventId> candidates(StateKeyTuple key) {
        SequencedSet<EventId> candidates = new LinkedHashSet<>();
        for (var state : states) {
            Optional.ofNullable(state.get(key)).ifPresent(candidates::add);
        }
        return candidates;
    }

    private Pdu event(EventId id) {
        return events.event(id).orElseThrow();
    }
}
