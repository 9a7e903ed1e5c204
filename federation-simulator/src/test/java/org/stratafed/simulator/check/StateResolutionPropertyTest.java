package org.stratafed.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StateResolutionVersion;
import org.stratafed.server.engine.pdu.resolution.FullConflictedSet;
import org.stratafed.simulator.check.rules.Proofs;
import org.stratafed.simulator.check.rules.SlowAuthRules;
import org.stratafed.sketch.RoomSketch;

/// The engine's state resolution against the naive one, over rooms that fork all the time.
class StateResolutionPropertyTest {

    private static final long SEED = 20_260_101;
    private static final int EVENTS = 60;
    private static final int MADE_UP_MERGES = 20;

    /// How many merges of differing states are compared per room version, at least.
    private static final int MERGES_MIN = 1_000;

    /// Every so many rooms have events in their states that are rejected.
    private static final int ROOMS_PER_REJECTION = 3;

    /// That an event is signed is found out before it gets anywhere near state resolution.
    private static final Proofs SIGNED_IF_IT_SAYS_SO =
            new Proofs() {
                @Override
                public boolean isSignedBy(Pdu event, ServerName server) {
                    return event.json()
                            .object("signatures")
                            .orElse(JsonObject.empty())
                            .has(server.value());
                }

                @Override
                public boolean isSignedWith(JsonObject signed, String entity, VerifyKey key) {
                    throw new AssertionError("a sketch has no keys");
                }
            };

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"})
    void theEngineResolvesAsTheSpecificationReads(String version) {
        int compared = 0;
        for (long seed = SEED; compared < MERGES_MIN; seed++) {
            var room = new RandomRoom(version, seed, EVENTS);
            if (seed % ROOMS_PER_REJECTION == 0) {
                room.rejectSome();
            }
            var naive = naive(room.sketch(), NaiveReading.DEPLOYED);
            var merges = new ArrayList<>(room.merges());
            for (int i = 0; i < MADE_UP_MERGES; i++) {
                merges.add(room.anyStates());
            }
            for (var states : merges) {
                compared += check(room, naive, states, "room " + version + " of seed " + seed);
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(MERGES_MIN);
    }

    /// Answers 1 if there was something to resolve.
    private static int check(
            RandomRoom room, NaiveStateResolution naive, List<StateMap> states, String what) {
        var sketch = room.sketch();
        var resolved = sketch.resolve(states.toArray(StateMap[]::new));
        var shuffled = room.shuffled(states);
        assertThat(sketch.resolve(shuffled.toArray(StateMap[]::new)))
                .as("the order of the states doesn't matter in %s", what)
                .isEqualTo(resolved);
        if (sketch.rules().stateResolution() != StateResolutionVersion.V1) {
            checkReplayed(sketch, naive, states, what);
        }
        assertThat(entries(resolved))
                .as("both resolve alike in %s", what)
                .isEqualTo(naive.resolve(allEntries(states)));
        assertThat(entries(resolved).entrySet())
                .as("what all the states have stays in %s", what)
                .containsAll(common(states).entrySet());
        return states.stream().distinct().count() > 1 ? 1 : 0;
    }

    private static void checkReplayed(
            RoomSketch sketch, NaiveStateResolution naive, List<StateMap> states, String what) {
        assertThat(FullConflictedSet.of(sketch.rules(), states, sketch))
                .as("both replay the same events in %s", what)
                .isEqualTo(naive.fullConflictedSet(allEntries(states)))
                .as("whether or not it is at hand what events set, in %s", what)
                .isEqualTo(FullConflictedSet.of(sketch.rules(), states, sketch::authEvents));
    }

    private static SequencedMap<StateKeyTuple, EventId> common(List<StateMap> states) {
        var common = new TreeMap<>(entries(states.getFirst()));
        for (var state : states) {
            common.entrySet()
                    .removeIf(e -> !state.get(e.getKey()).equals(Optional.of(e.getValue())));
        }
        return common;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"})
    void aStateResolvesWithItselfToItself(String version) {
        for (long seed = SEED; seed < SEED + 5; seed++) {
            var room = new RandomRoom(version, seed, EVENTS);
            for (var states : room.merges()) {
                for (var state : states) {
                    assertThat(room.sketch().resolve(state)).isSameAs(state);
                    assertThat(room.sketch().resolve(state, state)).isEqualTo(state);
                    assertThat(
                                    naive(room.sketch(), NaiveReading.DEPLOYED)
                                            .resolve(Collections.nCopies(2, entries(state))))
                            .isEqualTo(entries(state));
                }
            }
        }
    }

    static NaiveStateResolution naive(RoomSketch sketch, NaiveReading reading) {
        var events =
                new NaiveEvents() {
                    @Override
                    public Optional<Pdu> event(EventId id) {
                        return sketch.event(id);
                    }

                    @Override
                    public boolean isRejected(EventId id) {
                        return sketch.isRejected(id);
                    }
                };
        var rules = new SlowAuthRules(sketch.rules().version(), SIGNED_IF_IT_SAYS_SO);
        return new NaiveStateResolution(events, rules, reading);
    }

    static List<SequencedMap<StateKeyTuple, EventId>> allEntries(List<StateMap> states) {
        return states.stream().map(StateResolutionPropertyTest::entries).toList();
    }

    static SequencedMap<StateKeyTuple, EventId> entries(StateMap state) {
        var entries = new TreeMap<StateKeyTuple, EventId>();
        state.forEach(entries::put);
        return entries;
    }
}
