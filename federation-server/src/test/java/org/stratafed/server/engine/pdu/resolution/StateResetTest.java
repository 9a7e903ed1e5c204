package org.stratafed.server.engine.pdu.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.sketch.RoomSketch;

/// State resets: a server that was told of outdated state brings a room back to it, although nobody
/// took anything back. The two kinds that v2.1 was made for, and what v2 makes of them.
///
/// @see <a href="https://github.com/matrix-org/matrix-spec-proposals/pull/4297">MSC4297</a>
class StateResetTest {

    private static final String ALICE = "@alice:a";
    private static final String BOB = "@bob:b";
    private static final String CHARLIE = "@charlie:c";

    private static Optional<EventId> after(StateMap state, Pdu like) {
        return state.get(like.stateTuple().orElseThrow());
    }

    /// Alice changes the join rules and leaves. Both states have her leave, but one of them is
    /// said to still have the old rules. Checked against a state that Alice has left, neither of
    /// the rules she made can stand; by what they cite themselves both do, the newer one last.
    private static StateMap outdatedRules(String version) {
        var room = new RoomSketch(version, ALICE);
        var alice = room.creatorJoins(1);
        var older = room.joinRules("older", ALICE, "public", 2, alice);
        var bob = room.member("bob", BOB, BOB, "join", 3, older);
        var newer = room.joinRules("newer", ALICE, "invite", 4, alice);
        var left = room.member("left", ALICE, ALICE, "leave", 5, alice);
        return room.resolve(room.stateOf(left, bob, newer), room.stateOf(left, bob, older));
    }

    @Test
    void startingFromNothingKeepsWhatTheUnconflictedStateWouldNotAllowAnyMore() {
        assertThat(outdatedRules("12").toString()).contains("(m.room.join_rules, )=$newer");
    }

    @Test
    void startingFromTheUnconflictedStateLosesIt() {
        assertThat(outdatedRules("11").toString()).doesNotContain("m.room.join_rules");
    }

    /// Alice lets Bob change the power levels, and Bob lets Charlie. Both states know of all that,
    /// since a topic of Charlie's is in both, but one is said to still have Alice's first levels.
    /// What Bob did can only be checked after what Alice did for him, which neither state disputes.
    private static boolean keepsCharlie(String version) {
        var room = new RoomSketch(version, ALICE);
        boolean hasLevel = !room.rules().creatorsHaveInfinitePower();
        var alone = hasLevel ? List.<Object>of(ALICE, 100) : List.<Object>of();
        var withBob = hasLevel ? List.<Object>of(ALICE, 100, BOB, 90) : List.<Object>of(BOB, 90);
        var withCharlie =
                hasLevel
                        ? List.<Object>of(ALICE, 100, BOB, 90, CHARLIE, 80)
                        : List.<Object>of(BOB, 90, CHARLIE, 80);
        var alice = room.creatorJoins(1);
        var first = room.powerLevels("first", ALICE, alone, 2, alice);
        var rules = room.joinRules("rules", ALICE, "public", 3, first, alice);
        var bob = room.member("bob", BOB, BOB, "join", 4, first, rules);
        var charlie = room.member("charlie", CHARLIE, CHARLIE, "join", 5, first, rules);
        var second = room.powerLevels("second", ALICE, withBob, 6, first, alice);
        var third = room.powerLevels("third", BOB, withCharlie, 7, second, bob);
        var topic = room.topic("topic", CHARLIE, 8, third, charlie);
        var resolved =
                room.resolve(
                        room.stateOf(alice, rules, bob, charlie, topic, third),
                        room.stateOf(alice, rules, bob, charlie, topic, first));
        assertThat(after(resolved, topic)).contains(topic.id());
        assertThat(after(resolved, first)).isIn(Optional.of(first.id()), Optional.of(third.id()));
        return after(resolved, first).equals(Optional.of(third.id()));
    }

    @Test
    void theConflictedSubgraphBringsInWhatLiesBetweenOldAndNew() {
        assertThat(keepsCharlie("12")).isTrue();
    }

    @Test
    void withoutItTheRoomFallsBackToTheOld() {
        assertThat(keepsCharlie("11")).isFalse();
    }
}
