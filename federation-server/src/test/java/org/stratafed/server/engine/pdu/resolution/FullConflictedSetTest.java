package org.stratafed.server.engine.pdu.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.sketch.RoomSketch;

class FullConflictedSetTest {

    private static final String ANN = "@ann:a";
    private static final String BOB = "@bob:b";
    private static final List<Object> LEVELS = List.of(BOB, 50);

    private final RoomSketch room = new RoomSketch("12", ANN);
    private final Pdu ann = room.creatorJoins(1);
    private final Pdu levels = room.powerLevels("levels", ANN, LEVELS, 2, ann);
    private final Pdu rules = room.joinRules("rules", ANN, "public", 3, levels, ann);
    private final Pdu bob = room.member("bob", BOB, BOB, "join", 4, levels, rules);

    /// Counts whose edges are asked for, and notes what is announced.
    private static final class CountingEdges implements AuthEdges {
        private final RoomSketch room;
        private final SequencedSet<EventId> asked = new LinkedHashSet<>();
        private final List<EventId> announced = new ArrayList<>();

        CountingEdges(RoomSketch room) {
            this.room = room;
        }

        @Override
        public List<EventId> authEvents(EventId id) {
            asked.add(id);
            return room.authEvents(id);
        }

        @Override
        public void prepare(Collection<EventId> events) {
            announced.addAll(events);
        }
    }

    private SequencedSet<EventId> full(AuthEdges edges, StateMap... states) {
        return FullConflictedSet.of(room.rules(), List.of(states), edges);
    }

    @Test
    void statesThatAgreeHaveNone() {
        var state = room.stateOf(ann, levels, rules, bob);
        assertThat(full(room, state, state)).isEmpty();
        assertThat(FullConflictedSet.of(room.rules(), List.of(), room)).isEmpty();
    }

    @Test
    void itHasTheEventsThatTheStatesDisagreeOn() {
        var one = room.topic("one", ANN, 5, levels, ann);
        var other = room.topic("other", BOB, 6, levels, bob);
        var base = room.stateOf(ann, levels, rules, bob);
        assertThat(full(room, base.with(key(one), one.id()), base.with(key(other), other.id())))
                .containsExactlyInAnyOrder(one.id(), other.id());
        assertThat(full(room, base.with(key(one), one.id()), base)).containsExactly(one.id());
    }

    @Test
    void itHasWhatOneSideOnlyWentThrough() {
        var newer = room.powerLevels("newer", ANN, LEVELS, 5, levels, ann);
        var newest = room.powerLevels("newest", ANN, LEVELS, 6, newer, ann);
        var base = room.stateOf(ann, levels, rules, bob);
        assertThat(full(room, base.with(key(newest), newest.id()), base))
                .containsExactlyInAnyOrder(levels.id(), newer.id(), newest.id());
    }

    /// Bob's join cites the old rules. Both states have that join, so the old rules are in both
    /// chains, though nothing in dispute leads to them on the one side.
    @Test
    void whatAnUnconflictedEventLeadsToIsNotInDispute() {
        var newRules = room.joinRules("new-rules", ANN, "invite", 5, levels, ann);
        var kick = room.member("kick", ANN, BOB, "leave", 6, levels, ann, bob);
        var newBob = room.member("new-bob", BOB, BOB, "join", 7, levels, rules, kick);
        var state = room.stateOf(ann, levels, newRules, newBob);
        var topic = room.topic("topic", BOB, 8, levels, newBob);
        assertThat(full(room, state.with(key(topic), topic.id()), state))
                .containsExactly(topic.id());
    }

    /// A large room costs only where the chains of what is not in dispute have to be looked into.
    @Test
    void itLooksAtTheChainsOfTheConflictedEventsFirst() {
        var state = room.stateOf(ann, levels, rules, bob);
        for (int i = 0; i < 1_000; i++) {
            var user = "@user" + i + ":c";
            var member = room.member("user" + i, user, user, "join", 5, levels, rules);
            state = state.with(key(member), member.id());
        }
        var one = room.topic("one", ANN, 6, levels, ann);
        var other = room.topic("other", BOB, 7, levels, bob);
        var edges = new CountingEdges(room);
        full(edges, state.with(key(one), one.id()), state.with(key(other), other.id()));
        assertThat(edges.asked).hasSizeLessThan(10);
        assertThat(edges.announced).isEmpty();
    }

    /// Only one side went through the middle event, unless some other event cites it too: that
    /// can't be known without looking, and who has to load them is told beforehand.
    @Test
    void itAnnouncesTheChainsOfTheStateBeforeItWalksThem() {
        var older = new RoomSketch("11", ANN);
        var creator = older.creatorJoins(1);
        var first = older.powerLevels("first", ANN, List.of(ANN, 100), 2, creator);
        var middle = older.powerLevels("middle", ANN, List.of(ANN, 100), 3, first, creator);
        var last = older.powerLevels("last", ANN, List.of(ANN, 100), 4, middle, creator);
        var topic = older.topic("topic", ANN, 5, first, creator);
        var base = older.stateOf(creator, topic);
        var edges = new CountingEdges(older);
        var full =
                FullConflictedSet.of(
                        older.rules(),
                        List.of(base.with(key(first), first.id()), base.with(key(last), last.id())),
                        edges);
        assertThat(full).containsExactlyInAnyOrder(first.id(), middle.id(), last.id());
        assertThat(edges.announced)
                .containsExactlyInAnyOrder(topic.id(), creator.id(), older.create().id());
    }

    private static StateKeyTuple key(Pdu event) {
        return event.stateTuple().orElseThrow();
    }
}
