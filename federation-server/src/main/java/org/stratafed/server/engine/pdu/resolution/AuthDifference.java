package org.stratafed.server.engine.pdu.resolution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.stratafed.api.model.id.EventId;

/// The events that are in the full auth chain of some, but not all of the states.
///
/// By the letter of the specification an event is not part of its own auth chain, so that an event
/// which all the states have could be in the difference. Deployed servers count the events of a
/// state as part of the state's full auth chain, and rooms must come out as they do there: an event
/// that all the states have is never in the difference.
///
/// What follows from that is used here. The chains of the unconflicted events are in all full auth
/// chains, so only events below conflicted ones can be in the difference, and of these only those
/// that no unconflicted event leads to. The first are found by walking the chains of the conflicted
/// events alone. To exclude the second takes the chains of the unconflicted events, which is where
/// a large room would cost; so they are walked from the most likely end and only until nothing is
/// left in doubt. In most conflicts nothing ever is.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v11/#definitions">Auth difference</a>
final class AuthDifference {

    private final ConflictedState state;
    private final AuthEdges edges;

    private AuthDifference(ConflictedState state, AuthEdges edges) {
        this.state = state;
        this.edges = edges;
    }

    /// The auth difference, but for the events that are in the set already.
    static SequencedSet<EventId> beyond(
            SequencedSet<EventId> already, ConflictedState state, AuthEdges edges) {
        return new AuthDifference(state, edges).beyond(already);
    }

    private SequencedSet<EventId> beyond(SequencedSet<EventId> already) {
        var inDoubt = belowSomeButNotAll();
        inDoubt.removeAll(already);
        if (!inDoubt.isEmpty()) {
            excludeUnconflicted(inDoubt);
        }
        return inDoubt;
    }

    private SequencedSet<EventId> belowSomeButNotAll() {
        var chains = new LinkedHashMap<EventId, Integer>();
        for (var events : state.byState()) {
            chain(events).forEach(event -> chains.merge(event, 1, Integer::sum));
        }
        var below = new LinkedHashSet<EventId>();
        chains.forEach(
                (event, count) -> {
                    if (count < state.byState().size()) {
                        below.add(event);
                    }
                });
        return below;
    }

    private LinkedHashSet<EventId> chain(Collection<EventId> events) {
        var chain = new LinkedHashSet<>(events);
        var open = new ArrayDeque<>(events);
        while (!open.isEmpty()) {
            for (var cited : edges.authEvents(open.pop())) {
                if (chain.add(cited)) {
                    open.push(cited);
                }
            }
        }
        return chain;
    }

    /// Takes away what is in the chain of any unconflicted event. Those in doubt that are
    /// unconflicted themselves lead to most of the others, and are looked for without going through
    /// the state first.
    private void excludeUnconflicted(SequencedSet<EventId> inDoubt) {
        var seen = new LinkedHashSet<EventId>();
        exclude(inDoubt.stream().filter(this::isAtHandUnconflicted).toList(), seen, inDoubt);
        if (inDoubt.isEmpty()) {
            return;
        }
        var all = new ArrayList<EventId>();
        state.unconflicted().forEach((_, event) -> all.add(event));
        exclude(all.stream().filter(inDoubt::contains).toList(), seen, inDoubt);
        if (inDoubt.isEmpty()) {
            return;
        }
        edges.prepare(all);
        excludeChains(all, seen, inDoubt);
    }

    private boolean isAtHandUnconflicted(EventId event) {
        return edges.keyAtHand(event)
                .flatMap(state.unconflicted()::get)
                .filter(event::equals)
                .isPresent();
    }

    private void exclude(
            List<EventId> events, SequencedSet<EventId> seen, SequencedSet<EventId> inDoubt) {
        events.forEach(inDoubt::remove);
        excludeChains(events, seen, inDoubt);
    }

    /// Takes away what is in the chains of the events, the events themselves apart.
    private void excludeChains(
            List<EventId> events, SequencedSet<EventId> seen, SequencedSet<EventId> inDoubt) {
        var open = new ArrayDeque<EventId>();
        for (var event : events) {
            if (inDoubt.isEmpty()) {
                return;
            }
            open.push(event);
            while (!open.isEmpty()) {
                for (var cited : edges.authEvents(open.pop())) {
                    if (seen.add(cited)) {
                        inDoubt.remove(cited);
                        open.push(cited);
                    }
                }
            }
        }
    }
}
