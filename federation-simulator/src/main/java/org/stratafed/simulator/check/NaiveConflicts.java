package org.stratafed.simulator.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;

/// What several states agree and disagree on, with the sets that state resolution makes of that,
/// each computed as it is defined.
final class NaiveConflicts {

    private final List<SequencedMap<StateKeyTuple, EventId>> states;
    private final NaiveAuthChain chain;

    NaiveConflicts(List<SequencedMap<StateKeyTuple, EventId>> states, NaiveAuthChain chain) {
        this.states = states;
        this.chain = chain;
    }

    SequencedMap<StateKeyTuple, EventId> unconflictedStateMap() {
        var unconflicted = new TreeMap<StateKeyTuple, EventId>();
        for (var key : keys()) {
            var candidates = candidates(key);
            boolean everywhere = states.stream().allMatch(state -> state.containsKey(key));
            if (everywhere && candidates.size() == 1) {
                unconflicted.put(key, candidates.getFirst());
            }
        }
        return unconflicted;
    }

    SequencedSet<EventId> conflictedStateSet() {
        SequencedSet<EventId> conflicted = new LinkedHashSet<>();
        var unconflicted = unconflictedStateMap();
        for (var key : keys()) {
            if (!unconflicted.containsKey(key)) {
                conflicted.addAll(candidates(key));
            }
        }
        return conflicted;
    }

    private SequencedSet<StateKeyTuple> keys() {
        SequencedSet<StateKeyTuple> keys = new LinkedHashSet<>();
        states.forEach(state -> keys.addAll(state.keySet()));
        return keys;
    }

    private SequencedSet<EventId> candidates(StateKeyTuple key) {
        SequencedSet<EventId> candidates = new LinkedHashSet<>();
        for (var state : states) {
            if (state.containsKey(key)) {
                candidates.add(state.get(key));
            }
        }
        return candidates;
    }

    SequencedSet<EventId> authDifference() {
        var chains = new ArrayList<SequencedSet<EventId>>();
        states.forEach(state -> chains.add(chain.ofState(state.values())));
        SequencedSet<EventId> union = new LinkedHashSet<>();
        chains.forEach(union::addAll);
        SequencedSet<EventId> difference = new LinkedHashSet<>();
        for (var event : union) {
            if (!chains.stream().allMatch(each -> each.contains(event))) {
                difference.add(event);
            }
        }
        return difference;
    }

    /// For each two conflicted events, what the first leads to and what leads to the second.
    SequencedSet<EventId> conflictedStateSubgraph() {
        var conflicted = conflictedStateSet();
        SequencedSet<EventId> subgraph = new LinkedHashSet<>(conflicted);
        for (var from : conflicted) {
            for (var between : chain.of(from)) {
                if (chain.of(between).stream().anyMatch(conflicted::contains)) {
                    subgraph.add(between);
                }
            }
        }
        return subgraph;
    }
}
