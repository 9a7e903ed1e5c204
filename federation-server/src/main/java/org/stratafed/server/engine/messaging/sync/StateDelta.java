package org.stratafed.server.engine.messaging.sync;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.server.engine.messaging.reading.ShownEvent;

/// Which state a client has to be given so that, after the timeline, it has the state as of the
/// timeline's end.
///
/// What the timeline changes is given as it was before the timeline. All else is given as it is in
/// the end: a state may change by resolution too, with no event in the timeline that says so.
///
/// @param since what the client has; empty if it is to have everything
/// @param start the state before the timeline
/// @param end the state after it
record StateDelta(Optional<StateMap> since, StateMap start, StateMap end) {

    /// Whether the three states are one, so that there is next to nothing to be found out.
    boolean isTrivial() {
        return since.filter(it -> it == start).isPresent() && start == end;
    }

    /// Whether a membership is other than the client has it, or is in the timeline.
    boolean changesMembers(List<ShownEvent> timeline) {
        return timeline.stream().anyMatch(it -> it.pdu().type().equals("m.room.member"))
                || keys().stream().anyMatch(it -> it.type().equals("m.room.member"));
    }

    /// All that the client doesn't have.
    SequencedMap<StateKeyTuple, EventId> all(List<ShownEvent> timeline) {
        return wanted(timeline, Optional.empty());
    }

    /// The same with the memberships of these users only, if the client is to have everything; if
    /// not, with all memberships that changed, and those of these users anyway.
    SequencedMap<StateKeyTuple, EventId> withMembersOf(
            SequencedSet<UserId> users, List<ShownEvent> timeline) {
        return wanted(timeline, Optional.of(users));
    }

    private SequencedMap<StateKeyTuple, EventId> wanted(
            List<ShownEvent> timeline, Optional<SequencedSet<UserId>> users) {
        var members = new LinkedHashSet<StateKeyTuple>();
        users.ifPresent(
                all ->
                        all.forEach(
                                it -> members.add(new StateKeyTuple("m.room.member", it.value()))));
        boolean onlyThese = users.isPresent() && since.isEmpty();
        var shown = shown(timeline);
        var wanted = new TreeMap<StateKeyTuple, EventId>();
        for (var key : keys()) {
            if (!onlyThese || !key.type().equals("m.room.member")) {
                value(key, shown)
                        .filter(it -> isNews(key, it))
                        .ifPresent(it -> wanted.put(key, it));
            }
        }
        for (var key : members) {
            value(key, shown).ifPresent(it -> wanted.put(key, it));
        }
        return new LinkedHashMap<>(wanted);
    }

    /// The keys that may differ from what the client has.
    private SequencedSet<StateKeyTuple> keys() {
        var from = since.orElse(StateMap.empty());
        var keys = new LinkedHashSet<>(from.changesTo(end).sequencedKeySet());
        if (!start.equals(end)) {
            keys.addAll(from.changesTo(start).sequencedKeySet());
        }
        return keys;
    }

    private Optional<EventId> value(
            StateKeyTuple key, SequencedMap<StateKeyTuple, SequencedSet<EventId>> shown) {
        var inTimeline = shown.get(key);
        return inTimeline == null
                ? end.get(key)
                : start.get(key).filter(it -> !inTimeline.contains(it));
    }

    private boolean isNews(StateKeyTuple key, EventId event) {
        return !since.flatMap(it -> it.get(key)).equals(Optional.of(event));
    }

    private static SequencedMap<StateKeyTuple, SequencedSet<EventId>> shown(
            List<ShownEvent> timeline) {
        var shown = new LinkedHashMap<StateKeyTuple, SequencedSet<EventId>>();
        for (var event : timeline) {
            Pdu pdu = event.pdu();
            pdu.stateTuple()
                    .ifPresent(
                            key ->
                                    shown.computeIfAbsent(key, _ -> new LinkedHashSet<>())
                                            .add(pdu.id()));
        }
        return shown;
    }
}
