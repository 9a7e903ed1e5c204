package org.stratafed.server.engine.pdu.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.sketch.RoomSketch;

class StateResolutionTest {

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

    /// Ann made the room, Bob (100) and Cat (50) help her, and anybody may join.
    private void publicRoom(String version) {
        room = new RoomSketch(version, ANN);
        ann = room.creatorJoins(1);
        levels = room.powerLevels("levels", ANN, helpers(100, 50), 2, ann);
        rules = room.joinRules("rules", ANN, "public", 3, levels, ann);
        bob = room.member("bob", BOB, BOB, "join", 4, levels, rules);
        cat = room.member("cat", CAT, CAT, "join", 5, levels, rules);
    }

    /// In version 12, creators have no levels.
    private List<Object> helpers(int bobsLevel, int catsLevel) {
        return room.rules().creatorsHaveInfinitePower()
                ? List.of(BOB, bobsLevel, CAT, catsLevel)
                : List.of(ANN, 100, BOB, bobsLevel, CAT, catsLevel);
    }

    private StateMap with(Pdu... changed) {
        var state = room.stateOf(ann, levels, rules, bob, cat);
        for (var event : changed) {
            state = state.with(event.stateTuple().orElseThrow(), event.id());
        }
        return state;
    }

    private Optional<Pdu> after(StateMap state, Pdu like) {
        return state.get(like.stateTuple().orElseThrow()).flatMap(room::event);
    }

    private StateMap resolveBothWays(StateMap one, StateMap other) {
        var resolved = room.resolve(one, other);
        assertThat(room.resolve(other, one)).isEqualTo(resolved);
        return resolved;
    }

    @Test
    void aSingleStateIsItsOwnResolution() {
        publicRoom("11");
        assertThat(room.resolve(with())).isEqualTo(with());
        assertThat(room.resolve(with(), with())).isEqualTo(with());
        assertThat(room.resolve()).isEqualTo(StateMap.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "10", "11", "12"})
    void whatOnlyOneStateHasIsKeptIfItIsAllowed(String version) {
        publicRoom(version);
        var topic = room.topic("topic", BOB, 6, levels, bob);
        var dan = room.member("dan", DAN, DAN, "join", 7, levels, rules);
        assertThat(resolveBothWays(with(topic), with(dan))).isEqualTo(with(topic, dan));
    }

    /// Cat raises Dan while Bob bans her. Bob's power is greater, so his ban comes first, and what
    /// she did from behind the fork is undone.
    @ParameterizedTest
    @ValueSource(strings = {"2", "10", "11", "12"})
    void aBanUndoesWhatTheBannedDidToThePowerLevelsMeanwhile(String version) {
        publicRoom(version);
        var ban = room.member("ban", BOB, CAT, "ban", 20, levels, bob, cat);
        var change = room.powerLevels("change", CAT, helpers(100, 40), 10, levels, cat);
        var resolved = resolveBothWays(with(ban), with(change));
        assertThat(after(resolved, cat)).contains(ban);
        assertThat(after(resolved, levels)).contains(levels);
    }

    /// Bob makes Dan as powerful as Ann while Ann bans him. Both have 100; the earlier event comes
    /// first, so times decide whether there still is somebody Ann can ban.
    @ParameterizedTest
    @ValueSource(strings = {"2", "10", "11"})
    void ofEquallyPowerfulSendersTheEarlierGoesFirst(String version) {
        publicRoom(version);
        var raise = room.powerLevels("raise", BOB, withDan(100), 20, levels, bob);
        var early = room.member("early", ANN, DAN, "ban", 19, levels, ann);
        var late = room.member("late", ANN, DAN, "ban", 21, levels, ann);
        assertThat(resolveBothWays(with(raise), with(early))).isEqualTo(with(raise, early));
        assertThat(resolveBothWays(with(raise), with(late))).isEqualTo(with(raise));
    }

    /// The same at the same time: then the ids decide.
    @ParameterizedTest
    @ValueSource(strings = {"2", "10", "11"})
    void ofEquallyPowerfulSendersAtTheSameTimeTheLowerIdGoesFirst(String version) {
        publicRoom(version);
        var raise = room.powerLevels("R", BOB, withDan(100), 20, levels, bob);
        var lower = room.member("A", ANN, DAN, "ban", 20, levels, ann);
        var greater = room.member("a", ANN, DAN, "ban", 20, levels, ann);
        assertThat(resolveBothWays(with(raise), with(lower))).isEqualTo(with(raise, lower));
        assertThat(resolveBothWays(with(raise), with(greater))).isEqualTo(with(raise));
    }

    /// Ann takes Bob's power while he bans Cat, and before she does. Where creators are above all
    /// levels, what she did comes first whatever the time.
    @Test
    void aCreatorGoesBeforeAnyLevel() {
        publicRoom("12");
        var demotion = room.powerLevels("demotion", ANN, helpers(0, 50), 20, levels, ann);
        var early = room.member("early", BOB, CAT, "ban", 19, levels, bob, cat);
        assertThat(resolveBothWays(with(demotion), with(early))).isEqualTo(with(demotion));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "10", "11", "12"})
    void ofTwoTopicsUnderTheSamePowerLevelsTheLaterStands(String version) {
        publicRoom(version);
        var early = room.topic("z", BOB, 10, levels, bob);
        var late = room.topic("a", BOB, 11, levels, bob);
        assertThat(after(resolveBothWays(with(early), with(late)), early)).contains(late);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "10", "11", "12"})
    void ofTwoTopicsOfTheSameTimeTheOneWithTheGreaterIdStands(String version) {
        publicRoom(version);
        var lower = room.topic("B", BOB, 10, levels, bob);
        var greater = room.topic("a", BOB, 10, levels, bob);
        assertThat(after(resolveBothWays(with(lower), with(greater)), lower)).contains(greater);
    }

    /// A topic set under newer power levels stands against a later one set under older ones:
    /// whoever wrote the latter had not heard of the change.
    @ParameterizedTest
    @ValueSource(strings = {"2", "10", "11", "12"})
    void newerPowerLevelsCountForMoreThanALaterTime(String version) {
        publicRoom(version);
        var newer = room.powerLevels("newer", ANN, helpers(100, 60), 10, levels, ann);
        var underNewer = room.topic("under-newer", BOB, 11, newer, bob);
        var underOlder = room.topic("under-older", BOB, 99, levels, bob);
        var resolved = resolveBothWays(with(newer, underNewer), with(underOlder));
        assertThat(after(resolved, underNewer)).contains(underNewer);
    }

    /// Power levels beside the mainline count as those at which they left it.
    @ParameterizedTest
    @ValueSource(strings = {"2", "10", "11", "12"})
    void powerLevelsBesideTheMainlineCountAsThoseAtWhichTheyLeftIt(String version) {
        publicRoom(version);
        var beside = room.powerLevels("beside", CAT, withDan(40), 10, levels, cat);
        var newer = room.powerLevels("newer", ANN, helpers(100, 20), 20, levels, ann);
        var underBeside = room.topic("under-beside", BOB, 50, beside, bob);
        var underOlder = room.topic("under-older", BOB, 40, levels, bob);
        var underNewer = room.topic("under-newer", BOB, 30, newer, bob);
        var resolved =
                room.resolve(with(beside, underBeside), with(newer, underNewer), with(underOlder));
        assertThat(after(resolved, levels)).contains(newer);
        assertThat(after(resolved, underNewer)).contains(underNewer);
        assertThat(
                        after(
                                resolveBothWays(with(newer, underBeside), with(newer, underOlder)),
                                underOlder))
                .contains(underBeside);
    }

    /// A join that a power event rests on is replayed with it, before the ban it precedes.
    @ParameterizedTest
    @ValueSource(strings = {"2", "10", "11", "12"})
    void aPowerEventBringsAlongWhatItRestsOn(String version) {
        publicRoom(version);
        var eve = room.member("eve", "@eve:e", "@eve:e", "join", 6, levels, rules);
        var promoted = room.powerLevels("promoted", ANN, withEve(), 7, levels, ann);
        var kick = room.member("kick", "@eve:e", CAT, "leave", 8, promoted, eve, cat);
        var resolved = resolveBothWays(with(eve, promoted, kick), with());
        assertThat(resolved).isEqualTo(with(eve, promoted, kick));
    }

    private List<Object> withEve() {
        return room.rules().creatorsHaveInfinitePower()
                ? List.of(BOB, 100, CAT, 50, "@eve:e", 75)
                : List.of(ANN, 100, BOB, 100, CAT, 50, "@eve:e", 75);
    }

    /// What a state lacks is taken from the event's own auth events, but never a rejected one. The
    /// other note, which both states have, keeps Dan's join from being replayed itself.
    @ParameterizedTest
    @ValueSource(strings = {"2", "10", "11", "12"})
    void aRejectedAuthEventAuthorizesNothing(String version) {
        publicRoom(version);
        levels = room.powerLevels("dan-may", ANN, withDan(50), 6, levels, ann);
        var dan = room.member("dan", DAN, DAN, "join", 7, levels, rules);
        var other = note("other", dan);
        var note = note("note", dan);
        var states = List.of(with(other, note), with(other));
        assertThat(resolveBothWays(states.getFirst(), states.getLast()))
                .isEqualTo(with(other, note));
        room.reject(dan);
        assertThat(resolveBothWays(states.getFirst(), states.getLast())).isEqualTo(with(other));
    }

    private Pdu note(String name, Pdu dan) {
        var content = JsonObject.empty();
        return room.state(name, DAN, "org.example.note", name, content, 8, levels, dan);
    }

    private List<Object> withDan(int level) {
        var users = new ArrayList<>(helpers(100, 50));
        users.addAll(List.of(DAN, level));
        return users;
    }

    /// What the caller throws for an event it has to load first is the caller's.
    @Test
    void whatTheGraphThrowsPassesThrough() {
        publicRoom("11");
        var topic = room.topic("topic", BOB, 6, levels, bob);
        var states = List.of(with(topic), with());
        var graph =
                new EventGraph() {
                    @Override
                    public Optional<Pdu> event(EventId id) {
                        throw new IllegalStateException("load first: " + id);
                    }

                    @Override
                    public List<EventId> authEvents(EventId id) {
                        return room.authEvents(id);
                    }

                    @Override
                    public boolean isRejected(EventId id) {
                        return false;
                    }
                };
        assertThatThrownBy(
                        () ->
                                StateResolution.resolve(
                                        room.rules(), states, graph, RoomSketch.NO_SIGNATURES))
                .hasMessage("load first: $topic");
    }
}
