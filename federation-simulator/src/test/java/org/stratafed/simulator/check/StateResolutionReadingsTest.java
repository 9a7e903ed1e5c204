package org.stratafed.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.sketch.RoomSketch;

/// Rooms that come out in one way by the letter of the specification and in another on deployed
/// servers. The engine does as these do.
class StateResolutionReadingsTest {

    private static final String ANN = "@ann:a";
    private static final String BOB = "@bob:b";
    private static final String CAT = "@cat:c";
    private static final String DAN = "@dan:d";

    private static SequencedMap<StateKeyTuple, EventId> naive(
            RoomSketch room, NaiveReading reading, StateMap... states) {
        return StateResolutionPropertyTest.naive(room, reading)
                .resolve(StateResolutionPropertyTest.allEntries(List.of(states)));
    }

    private static SequencedMap<StateKeyTuple, EventId> engine(
            RoomSketch room, StateMap... states) {
        return StateResolutionPropertyTest.entries(room.resolve(states));
    }

    private static StateKeyTuple key(Pdu event) {
        return event.stateTuple().orElseThrow();
    }

    /// Cat opens the room while Ann, invited before, joins on a fork. Then Bob joins as well.
    ///
    /// The states in the end agree that the room is open. The rule it had before is in dispute,
    /// since only one of them ever went by it: so it is replayed, and holds while joins are. By the
    /// letter the new rule is in dispute too (only Bob's join cites it, and an event is not in its
    /// own chain), is replayed after the old one, and lets Bob in.
    @ParameterizedTest
    @ValueSource(strings = {"2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"})
    void anEventThatAllStatesHaveIsNotInTheAuthDifference(String version) {
        var room = new RoomSketch(version, CAT);
        var cat = room.creatorJoins(1);
        var closed = room.joinRules("closed", CAT, "invite", 2, cat);
        var invite = room.member("invite", CAT, ANN, "invite", 3, closed, cat);
        var open = room.joinRules("open", CAT, "public", 4, cat);
        var ann = room.member("ann", ANN, ANN, "join", 5, closed, invite);
        var bob = room.member("bob", BOB, BOB, "join", 6, open);
        var afterAnn = room.stateOf(cat, open, ann);
        var afterBob = room.stateOf(cat, open, bob);

        var resolved = engine(room, afterAnn, afterBob);

        assertThat(resolved).containsEntry(key(ann), ann.id()).containsEntry(key(open), open.id());
        assertThat(resolved).doesNotContainKey(key(bob));
        assertThat(naive(room, NaiveReading.DEPLOYED, afterAnn, afterBob)).isEqualTo(resolved);
        assertThat(naive(room, NaiveReading.LETTER, afterAnn, afterBob))
                .containsEntry(key(ann), ann.id())
                .containsEntry(key(bob), bob.id());
    }

    /// Bob invites Cat, who joins and kicks Dan; and Bob joins again, by a clock that runs slow.
    ///
    /// The kick's auth chain gets to Bob's first join by way of Cat's join and invitation, which
    /// are not in dispute. By the letter that join comes along with the kick and so before the
    /// second; but no deployed server goes that way, and the two joins are ordered by their times.
    @ParameterizedTest
    @ValueSource(strings = {"2", "3", "4", "5", "6", "7", "8", "9", "10", "11"})
    void aPowerEventBringsAlongOnlyWhatItReachesThroughTheFullConflictedSet(String version) {
        var room = new RoomSketch(version, ANN);
        var ann = room.creatorJoins(1);
        var levels = room.powerLevels("levels", ANN, List.of(ANN, 100, CAT, 50), 2, ann);
        var rules = room.joinRules("rules", ANN, "public", 3, levels, ann);
        var dan = room.member("dan", DAN, DAN, "join", 4, levels, rules);
        var bob = room.member("bob", BOB, BOB, "join", 10, levels, rules);
        var invite = room.member("invite", BOB, CAT, "invite", 11, levels, rules, bob);
        var cat = room.member("cat", CAT, CAT, "join", 12, levels, rules, invite);
        var kick = room.member("kick", CAT, DAN, "leave", 13, levels, cat, dan);
        var again = room.member("again", BOB, BOB, "join", 5, levels, rules, bob);
        var withKick = room.stateOf(ann, levels, rules, bob, cat, kick);
        var withAgain = room.stateOf(ann, levels, rules, again, cat, dan);

        var resolved = engine(room, withKick, withAgain);

        assertThat(resolved).containsEntry(key(dan), kick.id()).containsEntry(key(bob), bob.id());
        assertThat(naive(room, NaiveReading.DEPLOYED, withKick, withAgain)).isEqualTo(resolved);
        assertThat(naive(room, NaiveReading.LETTER, withKick, withAgain))
                .containsEntry(key(dan), kick.id())
                .containsEntry(key(bob), again.id());
    }
}
