package org.stratafed.api.model.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;

class StateMapTest {

    private static final long SEED = 0x57A7E;

    /// State keys of which each has many others with the same hash, since "Aa" and "BB" have.
    private static String collidingKey(int number, int pairs) {
        var text = new StringBuilder();
        for (int i = 0; i < pairs; i++) {
            text.append((number >>> i & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    private static StateKeyTuple key(String stateKey) {
        return new StateKeyTuple("m.room.member", stateKey);
    }

    private static EventId event(int number) {
        return new EventId("$event" + number);
    }

    @Test
    void anEmptyStateHasNothing() {
        assertThat(StateMap.empty().size()).isZero();
        assertThat(StateMap.empty().get(key("a"))).isEmpty();
        assertThat(StateMap.empty().without(key("a"))).isSameAs(StateMap.empty());
    }

    @Test
    void aChangeLeavesTheMapItWasMadeFromAsItWas() {
        var before = StateMap.empty().with(key("a"), event(1));
        var after = before.with(key("a"), event(2)).with(key("b"), event(3));
        assertThat(before.get(key("a"))).contains(event(1));
        assertThat(before.size()).isEqualTo(1);
        assertThat(after.get(key("a"))).contains(event(2));
        assertThat(after.size()).isEqualTo(2);
    }

    @Test
    void whatIsSetAlreadyChangesNothing() {
        var state = StateMap.empty().with(key("a"), event(1)).with(key("b"), event(2));
        assertThat(state.with(key("a"), event(1))).isSameAs(state);
    }

    @Test
    void itDoesWhatATreeMapDoesWithKeysThatSpread() {
        compareWithModel(new Random(SEED), 400, i -> key("@user" + i + ":example.org"));
    }

    @Test
    void itDoesWhatATreeMapDoesWithKeysWhoseHashesAreAllTheSame() {
        compareWithModel(new Random(SEED + 1), 60, i -> key(collidingKey(i, 6)));
    }

    /// Both kinds together: collisions deep in a trie that also branches.
    @Test
    void itDoesWhatATreeMapDoesWithKeysThatCollideInGroups() {
        compareWithModel(new Random(SEED + 2), 400, i -> key(i / 8 + collidingKey(i % 8, 3)));
    }

    private interface Keys {
        StateKeyTuple of(int number);
    }

    private static void compareWithModel(Random random, int keyCount, Keys keys) {
        var model = new TreeMap<StateKeyTuple, EventId>();
        var state = StateMap.empty();
        var previousModel = new TreeMap<StateKeyTuple, EventId>();
        var previous = state;
        for (int step = 0; step < 12_000; step++) {
            var key = keys.of(random.nextInt(keyCount));
            // Phases of growth and of decay, so that nodes come and go.
            boolean grows = step / 1_500 % 2 == 0;
            if (random.nextInt(10) < (grows ? 7 : 2)) {
                var event = event(random.nextInt(3));
                model.put(key, event);
                state = state.with(key, event);
            } else {
                model.remove(key);
                state = state.without(key);
            }
            assertThat(state.size()).isEqualTo(model.size());
            assertThat(state.get(key)).isEqualTo(Optional.ofNullable(model.get(key)));
            if (step % 97 == 0) {
                assertThat(entries(state)).isEqualTo(model);
                assertThat(previous.changesTo(state)).isEqualTo(changes(previousModel, model));
                assertThat(state.changesTo(previous)).isEqualTo(changes(model, previousModel));
                assertThat(previous.equals(state)).isEqualTo(previousModel.equals(model));
                var rebuilt = inAnyOrder(model, random);
                assertThat(rebuilt).isEqualTo(state).hasSameHashCodeAs(state);
                assertThat(order(rebuilt)).isEqualTo(order(state));
                previous = state;
                previousModel = new TreeMap<>(model);
            }
        }
    }

    private static TreeMap<StateKeyTuple, EventId> entries(StateMap state) {
        var entries = new TreeMap<StateKeyTuple, EventId>();
        state.forEach((key, event) -> assertThat(entries.put(key, event)).isNull());
        return entries;
    }

    private static List<StateKeyTuple> order(StateMap state) {
        var order = new ArrayList<StateKeyTuple>();
        state.forEach((key, _) -> order.add(key));
        return order;
    }

    private static StateMap inAnyOrder(TreeMap<StateKeyTuple, EventId> model, Random random) {
        var keys = new ArrayList<>(model.keySet());
        Collections.shuffle(keys, random);
        var state = StateMap.empty();
        for (var key : keys) {
            state = state.with(key, model.get(key));
        }
        return state;
    }

    private static TreeMap<StateKeyTuple, Optional<EventId>> changes(
            TreeMap<StateKeyTuple, EventId> from, TreeMap<StateKeyTuple, EventId> to) {
        var keys = new TreeSet<>(from.keySet());
        keys.addAll(to.keySet());
        var changes = new TreeMap<StateKeyTuple, Optional<EventId>>();
        for (var key : keys) {
            if (!Objects.equals(from.get(key), to.get(key))) {
                changes.put(key, Optional.ofNullable(to.get(key)));
            }
        }
        return changes;
    }

    @Test
    void changesComeInTheOrderOfTheirKeys() {
        var from = StateMap.empty().with(key("b"), event(1)).with(key("c"), event(1));
        var to = StateMap.empty().with(key("a"), event(1)).with(key("c"), event(2));
        var expected = new LinkedHashMap<StateKeyTuple, Optional<EventId>>();
        expected.put(key("a"), Optional.of(event(1)));
        expected.put(key("b"), Optional.empty());
        expected.put(key("c"), Optional.of(event(2)));
        assertThat(List.copyOf(from.changesTo(to).entrySet()))
                .isEqualTo(List.copyOf(expected.entrySet()));
    }

    /// The promise that resolution is built on: the room may be large, only the conflict costs.
    @Test
    void aDifferenceVisitsTheWaysToWhatDiffersAndNothingElse() {
        var base = StateMap.empty();
        for (int i = 0; i < 100_000; i++) {
            base = base.with(key("@user" + i + ":example.org"), event(i));
        }
        var left = base;
        var right = base;
        for (int i = 0; i < 50; i++) {
            left = left.with(key("@user" + i * 7 + ":example.org"), event(-1));
            right = right.without(key("@user" + i * 11 + ":example.org"));
        }
        var difference = left.differenceTo(right);
        assertThat(difference.changes()).isEqualTo(changes(entries(left), entries(right)));
        // At most one way of 7 levels per changed key; shallower, since the trie is.
        assertThat(difference.visitedNodes()).isLessThan(100 * 4);
        assertThat(base.differenceTo(base).visitedNodes()).isZero();
        assertThat(left.with(key("x"), event(1)).differenceTo(left).visitedNodes())
                .isLessThanOrEqualTo(7);
    }

    @Test
    void collidingKeysAreOrderedByKeyWhateverCameFirst() {
        var keys = List.of(key("AaAa"), key("AaBB"), key("BBAa"), key("BBBB"));
        var forwards = StateMap.empty();
        var backwards = StateMap.empty();
        for (var key : keys) {
            forwards = forwards.with(key, event(1));
        }
        for (var key : keys.reversed()) {
            backwards = backwards.with(key, event(1));
        }
        assertThat(order(forwards)).isEqualTo(keys).isEqualTo(order(backwards));
        assertThat(forwards).isEqualTo(backwards);
    }

    /// Removing all but one of the colliding keys leaves no trace of the collision.
    @Test
    void theLastOfCollidingKeysMovesBackUp() {
        var alone = StateMap.empty().with(key("Aa"), event(1));
        var both = alone.with(key("BB"), event(2));
        assertThat(both.size()).isEqualTo(2);
        assertThat(both.without(key("BB"))).isEqualTo(alone);
        assertThat(both.changesTo(alone)).isEqualTo(changes(entries(both), entries(alone)));
        assertThat(both.without(key("Aa")).without(key("BB"))).isEqualTo(StateMap.empty());
    }

    @Test
    void itShowsItsEntriesInTheOrderOfTheirKeys() {
        var state = StateMap.empty().with(key("b"), event(2)).with(key("a"), event(1));
        assertThat(state).hasToString("{(m.room.member, a)=$event1, (m.room.member, b)=$event2}");
    }
}
