package org.stratafed.simulator.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.server.engine.pdu.auth.AuthEventSelection;
import org.stratafed.server.engine.pdu.auth.EventAuthorization;
import org.stratafed.sketch.RoomSketch;

/// A room that a few users fight over while they often don't hear of each other: it forks all the
/// time, and each event is built on the state its sender knows. Only what the rules allow there
/// becomes part of the room.
///
/// It remembers every set of states that had to be resolved on the way, and can make up others:
/// states from anywhere in its history, and states such as a server with gaps might have.
final class RandomRoom {

    private static final int TRIES_MAX = 50;

    private final SplittableRandom random;
    private final RoomSketch sketch;
    private final RandomEvents randomEvents;
    private final List<Place> places = new ArrayList<>();
    private final List<Place> tips = new ArrayList<>();
    private final List<List<StateMap>> merges = new ArrayList<>();

    /// A place in the room's history: the state after one of its events.
    private record Place(StateMap after) {}

    RandomRoom(String version, long seed, int eventCount) {
        random = new SplittableRandom(seed);
        sketch = new RoomSketch(version, RandomEvents.USERS.getFirst(), create(version));
        randomEvents = new RandomEvents(random, sketch);
        begin();
        for (int i = 0; i < eventCount; i++) {
            grow();
        }
    }

    /// In some rooms of a version that has them there is a second creator.
    private JsonObject create(String version) {
        var more = List.of(RandomEvents.USERS.get(1));
        return random.nextInt(3) == 0
                ? JsonObject.builder().put("additional_creators", JsonArray.ofStrings(more)).build()
                : JsonObject.empty();
    }

    RoomSketch sketch() {
        return sketch;
    }

    /// The sets of states that were resolved while the room grew, each of two or more.
    List<List<StateMap>> merges() {
        return merges;
    }

    private void begin() {
        var joined = sketch.creatorJoins(1);
        var place = new Place(sketch.stateOf(joined));
        places.add(place);
        tips.add(place);
        for (var event : randomEvents.opening()) {
            append(List.of(tips.getFirst()), tips.getFirst().after(), event);
        }
    }

    private void grow() {
        var parents = parents();
        var states = parents.stream().map(Place::after).distinct().toList();
        var before = sketch.resolve(states.toArray(StateMap[]::new));
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            if (append(parents, before, randomEvents.next())) {
                if (states.size() > 1) {
                    merges.add(states);
                }
                return;
            }
        }
    }

    private List<Place> parents() {
        var parents = new LinkedHashSet<Place>();
        switch (random.nextInt(10)) {
            case 0, 1 -> parents.add(any(places.subList(places.size() / 2, places.size())));
            case 2, 3, 4 -> {
                int count = 2 + random.nextInt(3);
                for (int i = 0; i < count; i++) {
                    parents.add(any(tips));
                }
            }
            default -> parents.add(any(tips));
        }
        return List.copyOf(parents);
    }

    private boolean append(List<Place> parents, StateMap before, RandomEvents.Draft draft) {
        var event = draw(before, draft);
        if (event.isEmpty()) {
            return false;
        }
        var key = event.get().stateTuple().orElseThrow();
        var place = new Place(before.with(key, event.get().id()));
        places.add(place);
        tips.removeAll(parents);
        tips.add(place);
        return true;
    }

    /// Draws the event if the state allows it.
    private Optional<Pdu> draw(StateMap state, RandomEvents.Draft draft) {
        var cited =
                AuthEventSelection.select(
                                sketch.rules(),
                                draft.key().type(),
                                Optional.of(draft.key().stateKey()),
                                new UserId(draft.sender()),
                                draft.content())
                        .stream()
                        .filter(key -> !key.type().equals("m.room.create"))
                        .map(state::get)
                        .flatMap(Optional::stream)
                        .map(id -> sketch.event(id).orElseThrow())
                        .toArray(Pdu[]::new);
        var pdu =
                sketch.drawn(
                        draft.name(),
                        draft.sender(),
                        draft.key(),
                        draft.content(),
                        draft.time(),
                        cited);
        var verdict =
                EventAuthorization.check(
                        sketch.rules(),
                        pdu,
                        (type, key) ->
                                state.get(new StateKeyTuple(type, key)).flatMap(sketch::event),
                        RoomSketch.NO_SIGNATURES);
        if (!verdict.isAllowed()) {
            return Optional.empty();
        }
        sketch.add(pdu);
        return Optional.of(pdu);
    }

    /// States from anywhere in the room's history; one of them may have been tampered with.
    List<StateMap> anyStates() {
        var states = new ArrayList<StateMap>();
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            states.add(any(places).after());
        }
        if (random.nextInt(3) == 0) {
            states.set(0, outdated(states.getFirst()));
        }
        return states;
    }

    /// A state in which a few keys are missing, or have some other event that once set them.
    private StateMap outdated(StateMap state) {
        var keys = new ArrayList<StateKeyTuple>();
        state.forEach((key, _) -> keys.add(key));
        keys.removeIf(key -> key.type().equals("m.room.create"));
        var result = state;
        for (int i = random.nextInt(3); i >= 0; i--) {
            var key = any(keys);
            result =
                    random.nextInt(3) == 0
                            ? result.without(key)
                            : result.with(key, any(setting(key)));
        }
        return result;
    }

    private List<EventId> setting(StateKeyTuple key) {
        return sketch.events().stream()
                .filter(event -> event.stateTuple().equals(Optional.of(key)))
                .map(Pdu::id)
                .toList();
    }

    /// Has some of the events be rejected after all, for all that they are in the room's states.
    void rejectSome() {
        for (var event : sketch.events()) {
            if (!event.isState("m.room.create", "") && random.nextInt(8) == 0) {
                sketch.reject(event);
            }
        }
    }

    List<StateMap> shuffled(List<StateMap> states) {
        var shuffled = new ArrayList<>(states);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            shuffled.set(i, shuffled.set(random.nextInt(i + 1), shuffled.get(i)));
        }
        return shuffled;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
