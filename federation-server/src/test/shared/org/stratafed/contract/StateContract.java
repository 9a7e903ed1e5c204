package org.stratafed.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratafed.contract.SampleEvent.id;
import static org.stratafed.contract.SampleEvent.message;
import static org.stratafed.contract.SampleEvent.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;

/// What every [org.stratafed.api.spi.store.RoomStore] does with lines of state and auth chains.
public abstract class StateContract extends StoreContract {

    private static final StateKeyTuple NAME = new StateKeyTuple("m.room.name", "");
    private static final StateKeyTuple TOPIC = new StateKeyTuple("m.room.topic", "");

    @Test
    void aLineRemembersEachOfItsVersions() {
        var room = SampleRoom.created(under(), "lobby");
        room.add(state("name-1", "m.room.name", ""));
        room.add(message("between"));
        room.add(state("name-2", "m.room.name", ""));

        assertThat(stateAt(room, 0, 0)).isEqualTo(StateMap.empty());
        assertThat(stateAt(room, 0, 1).get(NAME)).isEmpty();
        assertThat(stateAt(room, 0, 2).get(NAME)).contains(id("name-1"));
        assertThat(stateAt(room, 0, 3).get(NAME)).contains(id("name-2"));
        assertThat(stateAt(room, 0, 3).size()).isEqualTo(2);
    }

    @Test
    void aForkSeesItsParentAsItWasAndNotWhatItBecame() {
        var room = SampleRoom.created(under(), "lobby");
        room.add(state("name-1", "m.room.name", ""));
        var fork = new StatePoint(1, 1);
        room.commit(
                room.next()
                        .outlier(state("topic", "m.room.topic", "").in(room.id))
                        .line(1, Optional.of(room.current()))
                        .change(fork, TOPIC, Optional.of(id("topic"))));
        room.add(state("name-2", "m.room.name", ""));

        assertThat(stateAt(room, 1, 1).get(NAME)).contains(id("name-1"));
        assertThat(stateAt(room, 1, 1).get(TOPIC)).contains(id("topic"));
        assertThat(stateAt(room, 1, 0)).isEqualTo(stateAt(room, 0, 2));
        assertThat(stateAt(room, 0, 3).get(TOPIC)).isEmpty();
    }

    @Test
    void aKeyRemovedOnALineIsGoneThereThoughTheParentHasIt() {
        var room = SampleRoom.created(under(), "lobby");
        room.add(state("name-1", "m.room.name", ""));
        var gone = new StatePoint(1, 1);
        var back = new StatePoint(1, 2);
        room.commit(
                room.next()
                        .line(1, Optional.of(room.current()))
                        .change(gone, NAME, Optional.empty())
                        .change(back, NAME, Optional.of(id("name-1"))));

        assertThat(stateAt(room, 1, 1).get(NAME)).isEmpty();
        assertThat(stateAt(room, 1, 2)).isEqualTo(stateAt(room, 0, 2));
    }

    @Test
    void aStateOfALineThatDoesNotExistIsAnErrorNotAnEmptyState() {
        var room = SampleRoom.created(under(), "lobby");
        assertThatThrownBy(() -> stateAt(room, 5, 0)).isNotNull();
    }

    @Test
    void aLineIsOpenedOnce() {
        var room = SampleRoom.created(under(), "lobby");
        var draft = room.next().line(0, Optional.empty());
        assertThatThrownBy(() -> await(rooms().commit(draft.build()))).isNotNull();
        assertThat(await(rooms().snapshot(room.id)).orElseThrow().revision()).isEqualTo(1);
    }

    /// Steps at heads, forks of any older point, merges (a step with many changes), removals.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void linesAgreeWithAModelOverRandomHistories(long seed) {
        var random = new Random(seed);
        var room = SampleRoom.created(under(), "lobby");
        var pool = storePool(room, 30);
        SequencedMap<StatePoint, Map<StateKeyTuple, EventId>> model = new LinkedHashMap<>();
        SequencedMap<Integer, Integer> heads = new LinkedHashMap<>();
        var created = new StateKeyTuple("m.room.create", "");
        model.put(new StatePoint(0, 0), new TreeMap<>());
        model.put(
                new StatePoint(0, 1), new TreeMap<>(Map.of(created, id("lobby-create"))));
        heads.put(0, 1);

        for (int step = 0; step < 120; step++) {
            var points = List.copyOf(model.keySet());
            var from = points.get(random.nextInt(points.size()));
            var draft = room.next();
            if (heads.get(from.line()) != from.version()) {
                draft.line(heads.size(), Optional.of(from));
                var opened = new StatePoint(heads.size(), 0);
                model.put(opened, model.get(from));
                heads.put(opened.line(), 0);
                from = opened;
            }
            var at = from.next();
            var after = new TreeMap<>(model.get(from));
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                var key = new StateKeyTuple("t" + random.nextInt(3), "k" + random.nextInt(4));
                Optional<EventId> event =
                        random.nextInt(4) == 0
                                ? Optional.empty()
                                : Optional.of(pool.get(random.nextInt(pool.size())));
                draft.change(at, key, event);
                event.ifPresentOrElse(it -> after.put(key, it), () -> after.remove(key));
            }
            model.put(at, after);
            heads.put(at.line(), at.version());
            room.commit(draft);
        }

        restart();
        assertThat(heads.size()).isGreaterThan(10);
        model.forEach(
                (point, entries) ->
                        assertThat(entries(stateAt(room, point.line(), point.version())))
                                .as("state at %s", point)
                                .isEqualTo(entries));
        assertThat(await(rooms().lineHeads(room.id, new LinkedHashSet<>(heads.keySet()))))
                .containsExactlyInAnyOrderEntriesOf(heads);
        assertThat(await(rooms().snapshot(room.id)).orElseThrow().nextLine())
                .isEqualTo(heads.size());
    }

    @Test
    void headsOfUnknownLinesAreLeftOut() {
        var room = SampleRoom.created(under(), "lobby");
        var asked = new LinkedHashSet<>(List.of(9, 0));
        assertThat(await(rooms().lineHeads(room.id, asked))).containsOnly(Map.entry(0, 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void authChainsAgreeWithAModelOverRandomGraphs(long seed) {
        var random = new Random(seed);
        var room = SampleRoom.created(under(), "lobby");
        SequencedMap<EventId, List<EventId>> cites = new LinkedHashMap<>();
        var draft = room.next();
        for (int i = 0; i < 200; i++) {
            var cited = new LinkedHashSet<String>();
            for (int j = random.nextInt(4); j > 0 && i > 0; j--) {
                cited.add("e" + random.nextInt(Math.max(0, i - 30), i));
            }
            cites.put(id("e" + i), cited.stream().map(SampleEvent::id).toList());
            if (i % 17 != 3) {
                draft.outlier(
                        message("e" + i).allowedBy(cited.toArray(String[]::new)).in(room.id));
            }
        }
        room.commit(draft);
        cites.keySet().removeIf(id -> number(id) % 17 == 3);

        for (int round = 0; round < 20; round++) {
            var asked = List.of(id("e" + random.nextInt(200)), id("e" + random.nextInt(200)));
            var chains = await(rooms().authChains(room.id, asked));
            Map<EventId, List<EventId>> expected = closure(asked, cites);
            assertThat(chains).containsOnlyKeys(expected.keySet());
            expected.forEach(
                    (id, cited) ->
                            assertThat(chains.get(id)).containsExactlyInAnyOrderElementsOf(cited));
        }
    }

    /// It was cited first, and came later.
    @Test
    void anAuthEventThatComesLateIsInTheChain() {
        var room = SampleRoom.created(under(), "lobby");
        room.commit(room.next().outlier(message("b").allowedBy("a").in(room.id)));
        assertThat(await(rooms().authChains(room.id, List.of(id("b")))))
                .containsOnly(Map.entry(id("b"), List.of()));
        room.commit(room.next().outlier(message("a").in(room.id)));
        assertThat(await(rooms().authChains(room.id, List.of(id("b")))))
                .containsOnly(
                        Map.entry(id("b"), List.of(id("a"))), Map.entry(id("a"), List.of()));
    }

    private static int number(EventId id) {
        return Integer.parseInt(id.value().substring(2));
    }

    private static Map<EventId, List<EventId>> closure(
            List<EventId> from, Map<EventId, List<EventId>> cites) {
        var closure = new LinkedHashMap<EventId, List<EventId>>();
        var open = new ArrayList<>(from);
        while (!open.isEmpty()) {
            EventId id = open.removeLast();
            if (cites.containsKey(id) && !closure.containsKey(id)) {
                closure.put(id, cites.get(id).stream().filter(cites::containsKey).toList());
                open.addAll(cites.get(id));
            }
        }
        return closure;
    }

    private List<EventId> storePool(SampleRoom room, int size) {
        var draft = room.next();
        var pool = new ArrayList<EventId>();
        for (int i = 0; i < size; i++) {
            draft.outlier(message("p" + i).in(room.id));
            pool.add(id("p" + i));
        }
        room.commit(draft);
        return pool;
    }

    private StateMap stateAt(SampleRoom room, int line, int version) {
        return await(rooms().state(room.id, new StatePoint(line, version)));
    }

    private static Map<StateKeyTuple, EventId> entries(StateMap state) {
        var entries = new TreeMap<StateKeyTuple, EventId>();
        state.forEach(entries::put);
        return entries;
    }
}
