package org.stratafed.simulator.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.simulator.check.rules.CitedEvent;
import org.stratafed.simulator.check.rules.RoomState;
import org.stratafed.simulator.check.rules.Ruling;
import org.stratafed.simulator.check.rules.SlowAuthRules;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.store.RoomTable;

/// A room on a virtual server's disk as the slow rules and the slow resolver see it. For one look:
/// what it says holds as long as nothing is written.
final class SlowRoom implements NaiveEvents {

    private final RoomTable room;
    private final SlowAuthRules rules;
    private final Policies policies;

    SlowRoom(Simulation simulation, RoomTable room) {
        this.room = room;
        policies = new Policies(simulation, room.version());
        rules = new SlowAuthRules(room.version(), new RealProofs(simulation, room.version()));
    }

    @Override
    public Optional<Pdu> event(EventId id) {
        return room.event(id).map(it -> it.pdu());
    }

    @Override
    public boolean isRejected(EventId id) {
        return room.event(id).filter(it -> it.status() == EventStatus.REJECTED).isPresent();
    }

    boolean hasAllAuthEventsOf(Pdu event) {
        return event.authEvents().stream().allMatch(id -> room.event(id).isPresent());
    }

    Ruling byAuthEvents(Pdu event) {
        var create =
                event.roomId().createEvent().filter(id -> !isRejected(id)).flatMap(this::event);
        return rules.checkByAuthEvents(event, cited(event), create);
    }

    Ruling byState(Pdu event, StateMap state) {
        return rules.check(event, cited(event), in(state));
    }

    /// Whether the event has passed the policy server that a state names.
    boolean hasPassed(Pdu event, StateMap state) {
        return policies.pass(event, in(state), members(state));
    }

    private List<Pdu> members(StateMap state) {
        var members = new ArrayList<Pdu>();
        state.forEach(
                (key, id) -> {
                    if (key.type().equals("m.room.member")) {
                        event(id).ifPresent(members::add);
                    }
                });
        return members;
    }

    private List<CitedEvent> cited(Pdu event) {
        var cited = new ArrayList<CitedEvent>();
        for (var id : event.authEvents()) {
            event(id).ifPresent(it -> cited.add(new CitedEvent(it, isRejected(id))));
        }
        return cited;
    }

    private RoomState in(StateMap state) {
        return (type, key) -> state.get(new StateKeyTuple(type, key)).flatMap(this::event);
    }

    /// What these states resolve to. What is the same in all of them needs no resolver.
    StateMap resolved(List<StateMap> states) {
        Set<StateMap> distinct = new LinkedHashSet<>(states);
        if (distinct.size() == 1) {
            return distinct.iterator().next();
        }
        return stateOf(
                new NaiveStateResolution(this, rules, NaiveReading.DEPLOYED)
                        .resolve(distinct.stream().map(SlowRoom::entries).toList()));
    }

    private static StateMap stateOf(SequencedMap<StateKeyTuple, EventId> entries) {
        var state = StateMap.empty();
        for (var entry : entries.entrySet()) {
            state = state.with(entry.getKey(), entry.getValue());
        }
        return state;
    }

    /// How a state that is there differs from one that there should be: what is there, and what
    /// should be, for each key.
    static SequencedMap<StateKeyTuple, List<Optional<EventId>>> differences(
            StateMap there, StateMap expected) {
        var differences = new LinkedHashMap<StateKeyTuple, List<Optional<EventId>>>();
        var keys = new LinkedHashSet<>(entries(there).keySet());
        keys.addAll(entries(expected).keySet());
        for (var key : keys) {
            if (!there.get(key).equals(expected.get(key))) {
                differences.put(key, List.of(there.get(key), expected.get(key)));
            }
        }
        return differences;
    }

    private static SequencedMap<StateKeyTuple, EventId> entries(StateMap state) {
        var entries = new TreeMap<StateKeyTuple, EventId>();
        state.forEach(entries::put);
        return entries;
    }
}
