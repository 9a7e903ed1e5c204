package org.stratafed.server.engine.pdu.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.sketch.RoomSketch;

/// State resolution of room version 1, in a public room that Ann made, where Bob has 100 and Cat
/// 50.
///
/// SHA-1 orders `$c` (`2b…`) before `$b` (`77…`) before `$a` (`c1…`).
class DepthResolutionTest {

    private static final String ANN = "@ann:a";
    private static final String BOB = "@bob:b";
    private static final String CAT = "@cat:c";
    private static final String DAN = "@dan:d";

    private RoomSketch room;
    private Pdu ann;
    private Pdu bob;
    private Pdu cat;
    private Pdu levels;
    private Pdu rules;

    @BeforeEach
    void publicRoom() {
        room = new RoomSketch("1", ANN);
        room.depth(1);
        ann = room.creatorJoins(1);
        levels = room.powerLevels("levels", ANN, List.of(ANN, 100, BOB, 100, CAT, 50), 2, ann);
        rules = room.joinRules("rules", ANN, "public", 3, levels, ann);
        bob = room.member("bob", BOB, BOB, "join", 4, levels, rules);
        cat = room.member("cat", CAT, CAT, "join", 5, levels, rules);
        room.depth(2);
    }

    /// A decision of version 1 that later versions took back: here such a key is conflicted, and
    /// what isn't allowed goes.
    @Test
    void whatOnlyOneStateHasIsNoConflictAndStandsUnchecked() {
        var topic = room.topic("topic", DAN, 6, levels);
        assertThat(resolve(with(topic), with())).isEqualTo(with(topic));
        assertThat(FullConflictedSet.of(room.rules(), List.of(with(topic), with()), room))
                .isEmpty();
    }

    @Test
    void powerLevelsReplaceEachOtherFromTheLeastDeepOn() {
        var second = raised("second", 2, 60);
        var third = raised("third", 3, 70);
        assertThat(resolve(with(third), with(second), with())).isEqualTo(with(third));
    }

    /// Bob gives himself nothing, and so could not have made the third.
    @Test
    void powerLevelsEndBeforeTheFirstThatIsNotAllowed() {
        room.depth(2);
        var resigned =
                room.powerLevels("resigned", BOB, List.of(ANN, 100, CAT, 50), 6, levels, bob);
        var third = raised("third", 3, 70);
        room.depth(4);
        var fourth = room.powerLevels("fourth", ANN, List.of(ANN, 100), 6, levels, ann);
        assertThat(resolve(with(resigned), with(third), with(fourth))).isEqualTo(with(resigned));
    }

    @Test
    void ofPowerLevelsAsDeepAsEachOtherThatWithTheLowerSha1ComesLast() {
        var first = raised("a", 2, 60);
        var other = raised("b", 2, 70);
        assertThat(resolve(with(first), with(other))).isEqualTo(with(other));
    }

    /// Cat could not have set them by the power levels that come out.
    @Test
    void joinRulesAreDecidedByThePowerLevelsThatCameOut() {
        room.depth(3);
        var demoted = room.powerLevels("demoted", ANN, List.of(ANN, 100, BOB, 100), 6, levels, ann);
        var closed = room.joinRules("closed", CAT, "invite", 7, levels, cat);
        assertThat(resolve(with(demoted), with(closed))).isEqualTo(with(demoted));
        assertThat(resolve(with(raised("raised", 2, 60)), with(closed)))
                .isEqualTo(with(room.event(new EventId("$raised")).orElseThrow(), closed));
    }

    /// The less deep is there first, allowed or not, and a ban isn't undone by a join.
    @Test
    void membershipsAreDecidedByTheJoinRulesThatCameOut() {
        room.depth(3);
        var closed = room.joinRules("closed", BOB, "invite", 6, levels, bob);
        var left = room.member("left", DAN, DAN, "leave", 7, levels);
        room.depth(4);
        var joined = room.member("joined", DAN, DAN, "join", 8, levels, rules);
        assertThat(resolve(with(closed, left), with(joined))).isEqualTo(with(closed, left));
        assertThat(resolve(with(left), with(joined))).isEqualTo(with(joined));
    }

    /// A decision: while it is in dispute what Cat is to the room, she is nobody to the others,
    /// though she is in it either way.
    @Test
    void membersAreDecidedOnIndependently() {
        room.depth(2);
        var dan = room.member("dan", DAN, DAN, "join", 6, levels, rules);
        var again = room.member("again", CAT, CAT, "join", 7, levels, rules, cat);
        room.depth(3);
        var kick = room.member("kick", CAT, DAN, "leave", 8, levels, cat, dan);
        assertThat(resolve(with(dan, again), with(kick))).isEqualTo(with(dan, again));
        assertThat(resolve(with(dan), with(kick))).isEqualTo(with(kick));
    }

    @Test
    void ofTheOthersTheDeepestThatIsAllowedStands() {
        var topic = room.topic("topic", BOB, 6, levels, bob);
        room.depth(3);
        var deeper = room.topic("deeper", BOB, 5, levels, bob);
        room.depth(4);
        var forged = room.topic("forged", DAN, 7, levels);
        assertThat(resolve(with(topic), with(deeper), with(forged))).isEqualTo(with(deeper));
    }

    @Test
    void ofTheOthersAsDeepAsEachOtherThatWithTheLowestSha1Stands() {
        var first = room.topic("a", BOB, 9, levels, bob);
        var second = room.topic("b", BOB, 8, levels, bob);
        var third = room.topic("c", BOB, 7, levels, bob);
        assertThat(resolve(with(third), with(first), with(second))).isEqualTo(with(third));
        assertThat(resolve(with(first), with(second))).isEqualTo(with(second));
    }

    /// A decision: the specification doesn't say.
    @Test
    void whereNoneIsAllowedTheLeastDeepStands() {
        var first = room.topic("first", DAN, 6, levels);
        room.depth(3);
        var second = room.topic("second", DAN, 7, levels);
        assertThat(resolve(with(first), with(second))).isEqualTo(with(first));
    }

    @Test
    void theOthersAreDecidedByTheMembershipsThatCameOut() {
        room.depth(3);
        var kick = room.member("kick", BOB, CAT, "leave", 6, levels, bob, cat);
        var bobs = room.topic("bobs", BOB, 7, levels, bob);
        room.depth(4);
        var cats = room.topic("cats", CAT, 8, levels, cat);
        assertThat(resolve(with(kick, bobs), with(cats))).isEqualTo(with(kick, bobs));
    }

    @Test
    void anEventThatWillNeverBeKnownIsNoCandidate() {
        var topic = room.topic("topic", DAN, 6, levels);
        var unknown = with().with(topic.stateTuple().orElseThrow(), new EventId("$unknown:x"));
        assertThat(resolve(with(topic), unknown)).isEqualTo(with(topic));
    }

    private Pdu raised(String name, long depth, int catsLevel) {
        room.depth(depth);
        return room.powerLevels(
                name, BOB, List.of(ANN, 100, BOB, 100, CAT, catsLevel), 6, levels, bob);
    }

    private StateMap with(Pdu... changed) {
        var state = room.stateOf(ann, levels, rules, bob, cat);
        for (var event : changed) {
            state = state.with(event.stateTuple().orElseThrow(), event.id());
        }
        return state;
    }

    private StateMap resolve(StateMap... states) {
        var resolved = room.resolve(states);
        assertThat(room.resolve(List.of(states).reversed().toArray(StateMap[]::new)))
                .isEqualTo(resolved);
        return resolved;
    }
}
