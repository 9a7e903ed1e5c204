package org.stratafed.server.engine.messaging.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.messaging.SampleEvents.ALICE;
import static org.stratafed.server.engine.messaging.SampleEvents.BOB;
import static org.stratafed.server.engine.messaging.SampleEvents.member;
import static org.stratafed.server.engine.messaging.SampleEvents.message;
import static org.stratafed.server.engine.messaging.SampleEvents.state;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.id;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.shown;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.stateOf;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.server.engine.messaging.reading.ShownEvent;

class StateDeltaTest {

    private static final Pdu NAME_1 = name("name1");
    private static final Pdu NAME_2 = name("name2");
    private static final Pdu NAME_3 = name("name3");
    private static final Pdu TOPIC = state("topic", ALICE, "m.room.topic", "", "{}");
    private static final Pdu ALICE_JOINS = member("alice", ALICE, "join");
    private static final Pdu BOB_JOINS = member("bob", BOB, "join");
    private static final Pdu BOB_LEAVES = member("bob2", BOB, "leave");

    @Test
    void whatTheTimelineSaysIsNotSaidTwice() {
        var delta = delta(stateOf(NAME_1), stateOf(NAME_1), stateOf(NAME_2));
        assertThat(delta.all(timeline(NAME_2)).values()).isEmpty();
    }

    @Test
    void whatChangedBeforeTheTimelineIsState() {
        var delta = delta(stateOf(NAME_1), stateOf(NAME_2), stateOf(NAME_2));
        assertThat(delta.all(List.of(shown(message("a", ALICE), 9))).values())
                .containsExactly(NAME_2.id());
    }

    @Test
    void whatChangedBeforeTheTimelineAndAgainInItIsStateAsItWasBefore() {
        var delta = delta(stateOf(NAME_1), stateOf(NAME_2), stateOf(NAME_3));
        assertThat(delta.all(timeline(NAME_3)).values()).containsExactly(NAME_2.id());
    }

    /// Two branches met, and the state of one gave way: no event says so.
    @Test
    void whatChangedByResolutionIsStateAsItIsInTheEnd() {
        var delta = delta(stateOf(NAME_2), stateOf(NAME_2), stateOf(NAME_1));
        assertThat(delta.all(List.of(shown(message("a", ALICE), 9))).values())
                .containsExactly(NAME_1.id());
    }

    @Test
    void whoHasNothingIsGivenAllButTheTimeline() {
        var end = stateOf(NAME_2, TOPIC, ALICE_JOINS);
        var delta = whole(stateOf(NAME_1, ALICE_JOINS), end);
        assertThat(delta.all(timeline(TOPIC)).values())
                .containsExactly(ALICE_JOINS.id(), NAME_2.id());
        assertThat(delta.all(timeline(NAME_2)).values())
                .containsExactly(ALICE_JOINS.id(), NAME_1.id(), TOPIC.id());
    }

    @Test
    void lazilyOnlyMembersWhoMatterAreGiven() {
        var state = stateOf(NAME_1, ALICE_JOINS, BOB_JOINS);
        assertThat(members(whole(state, state))).containsExactly(BOB_JOINS.id(), NAME_1.id());
    }

    @Test
    void lazilyASendersMembershipIsGivenThoughItDidNotChange() {
        var state = stateOf(NAME_1, ALICE_JOINS, BOB_JOINS);
        assertThat(members(delta(state, state, state))).containsExactly(BOB_JOINS.id());
    }

    @Test
    void lazilyMembershipsThatChangedInAGapAreGiven() {
        var since = stateOf(ALICE_JOINS, BOB_JOINS);
        var end = stateOf(ALICE_JOINS, BOB_LEAVES);
        var delta = delta(since, end, end);
        assertThat(delta.withMembersOf(new LinkedHashSet<>(), List.of()).values())
                .containsExactly(id("bob2"));
    }

    @Test
    void onlyThreeStatesThatAreOneAreTrivial() {
        var state = stateOf(NAME_1);
        assertThat(delta(state, state, state).isTrivial()).isTrue();
        assertThat(delta(state, state, stateOf(NAME_2)).isTrivial()).isFalse();
        assertThat(whole(state, state).isTrivial()).isFalse();
    }

    @Test
    void aMembershipInTheTimelineChangesMembers() {
        var before = stateOf(ALICE_JOINS);
        var after = stateOf(ALICE_JOINS, BOB_JOINS);
        assertThat(delta(before, before, after).changesMembers(timeline(BOB_JOINS))).isTrue();
        assertThat(delta(before, after, after).changesMembers(List.of())).isTrue();
        assertThat(delta(before, before, before).changesMembers(timeline(NAME_1))).isFalse();
    }

    private static List<EventId> members(StateDelta delta) {
        var bob = new LinkedHashSet<>(List.of(BOB));
        return List.copyOf(delta.withMembersOf(bob, List.of(shown(message("a", BOB), 9))).values());
    }

    private static StateDelta delta(StateMap since, StateMap start, StateMap end) {
        return new StateDelta(Optional.of(since), start, end);
    }

    private static StateDelta whole(StateMap start, StateMap end) {
        return new StateDelta(Optional.empty(), start, end);
    }

    private static List<ShownEvent> timeline(Pdu event) {
        return List.of(shown(event, 9));
    }

    private static Pdu name(String id) {
        return state(id, ALICE, "m.room.name", "", "{}");
    }
}
