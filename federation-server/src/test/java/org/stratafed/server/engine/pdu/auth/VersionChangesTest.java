package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.server.engine.pdu.auth.RoomFixture.ALICE;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertAllowed;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertDenied;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersionRules;

/// What room versions changed in the authorization rules: for each change an event that is allowed
/// in all versions on one side of it, and in none on the other.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/">Room versions</a>
class VersionChangesTest {

    private static final String ALLOWED = "";
    private static final String BOB = "@bob:beta";
    private static final EventId OF_BETA = new EventId("$redaction:beta");
    private static final CountingSignatures SIGNATURES = new CountingSignatures();

    private static final List<Change> CHANGES =
            List.of(
                    change("redactions are anybody's to send")
                            .was("11.3")
                            .since(3, ALLOWED)
                            .of(
                                    r ->
                                            r.joined(BOB)
                                                    .message(AuthTypes.REDACTION)
                                                    .by(BOB)
                                                    .id(OF_BETA)
                                                    .field("redacts", text("$target:alpha"))),
                    change("aliases are events like others")
                            .was(ALLOWED)
                            .since(6, "5")
                            .since(12, "6")
                            .of(r -> r.state(AuthTypes.ALIASES, "beta").by(BOB)),
                    change("levels of notifications are guarded")
                            .was(ALLOWED)
                            .since(6, "9.5.1")
                            .since(10, "9.7.1")
                            .since(12, "10.8.1")
                            .of(r -> levels(bob(r), "notifications", "room", 61).by(BOB)),
                    change("one can knock")
                            .was("5.6")
                            .since(6, "4.6")
                            .since(7, ALLOWED)
                            .of(r -> r.joinRule("knock").member(BOB, "knock")),
                    change("who is invited to a room to knock on can join")
                            .was("5.2.6")
                            .since(6, "4.2.6")
                            .since(7, ALLOWED)
                            .of(
                                    r ->
                                            r.joinRule("knock")
                                                    .membership(BOB, "invite")
                                                    .member(BOB, "join")),
                    change("a knock can be taken back")
                            .was("5.4.1")
                            .since(6, "4.4.1")
                            .since(7, ALLOWED)
                            .of(r -> r.membership(BOB, "knock").member(BOB, "leave")),
                    change("a member can vouch for another")
                            .was("5.2.6")
                            .since(6, "4.2.6")
                            .since(8, ALLOWED)
                            .of(r -> vouched(r.joinRule("restricted")).signedBy("alpha")),
                    change("who vouches has to sign")
                            .was(ALLOWED)
                            .since(8, "4.2.1")
                            .since(12, "5.2.1")
                            .of(VersionChangesTest::vouched),
                    change("levels are integers")
                            .was(ALLOWED)
                            .since(10, "9.3")
                            .since(12, "10.3")
                            .of(r -> first(r, "{'users': {'@bob:beta': '60'}}")),
                    change("all levels have to be levels, in the first power levels too")
                            .was(ALLOWED)
                            .since(10, "9.1")
                            .since(12, "10.1")
                            .of(r -> first(r, "{'ban': []}")),
                    change("one can knock on restricted rooms")
                            .was("5.6")
                            .since(6, "4.6")
                            .since(7, "4.6.1")
                            .since(8, "4.7.1")
                            .since(10, ALLOWED)
                            .of(r -> r.joinRule("knock_restricted").member(BOB, "knock")),
                    change("rooms to knock on can be restricted")
                            .was("5.2.6")
                            .since(6, "4.2.6")
                            .since(8, "4.3.7")
                            .since(10, ALLOWED)
                            .of(r -> vouched(r.joinRule("knock_restricted")).signedBy("alpha")),
                    change("the create event need not name the creator")
                            .was("1.4")
                            .since(11, ALLOWED)
                            .of(r -> r.createEvent().content("{}")),
                    change("whom the create event names is nobody")
                            .was(ALLOWED)
                            .since(6, ALLOWED)
                            .since(11, "4.3.7")
                            .since(12, "5.3.7")
                            .of(VersionChangesTest::namedCreatorJoins),
                    change("the create event has no room ID")
                            .was(ALLOWED)
                            .since(12, "1.2")
                            .of(r -> r.createEvent().field("room_id", text("!room:alpha"))),
                    change("additional creators are users")
                            .was(ALLOWED)
                            .since(12, "1.4")
                            .of(r -> r.createEvent().content(additionalCreators())),
                    change("the creator has no level")
                            .was(ALLOWED)
                            .since(12, "10.4")
                            .of(r -> first(r, "{'users': {'@alice:alpha': 100}}")),
                    change("the creator is above all levels")
                            .was("5.4.5")
                            .since(6, "4.4.5")
                            .since(8, "4.5.5")
                            .since(12, ALLOWED)
                            .of(
                                    r ->
                                            r.joined(BOB)
                                                    .powerLevels("{'users': {'@bob:beta': 100}}")
                                                    .member(ALICE, BOB, "leave")));

    static Stream<Arguments> changesInEveryVersion() {
        return CHANGES.stream()
                .flatMap(
                        change ->
                                RoomVersionRules.supported().stream()
                                        .map(it -> Arguments.of(change, it.id())));
    }

    @ParameterizedTest(name = "{0}: version {1}")
    @MethodSource("changesInEveryVersion")
    void anEventOnBothSidesOfAChange(Change change, String version) {
        var room = publicRoom(version);

        var verdict = room.check(change.event().apply(room), SIGNATURES);

        var expected = change.in(Integer.parseInt(version));
        if (expected.equals(ALLOWED)) {
            assertAllowed(verdict);
        } else {
            assertDenied(verdict, expected);
        }
    }

    private static JsonObject additionalCreators() {
        return RoomFixture.json("{'creator': '@alice:alpha', 'additional_creators': 1}");
    }

    private static EventFixture first(RoomFixture room, String levels) {
        return room.without(AuthTypes.POWER_LEVELS, "")
                .state(AuthTypes.POWER_LEVELS, "")
                .content(levels);
    }

    private static RoomFixture bob(RoomFixture room) {
        return room.joinedWithPower(BOB, 60);
    }

    private static EventFixture levels(RoomFixture room, String map, String key, long level) {
        var levels = RoomFixture.json("{}").with(key, JsonNumber.of(level));
        return room.state(AuthTypes.POWER_LEVELS, "").content(room.powerLevels().with(map, levels));
    }

    private static EventFixture vouched(RoomFixture room) {
        return room.member(BOB, "join").content(Joins.AUTHORISED_VIA, ALICE);
    }

    private static EventFixture namedCreatorJoins(RoomFixture room) {
        return room.createContent("{'creator': '@bob:beta'}")
                .without(AuthTypes.JOIN_RULES, "")
                .without(AuthTypes.POWER_LEVELS, "")
                .member(BOB, "join")
                .prev(room.create().id());
    }

    private static JsonString text(String text) {
        return new JsonString(text);
    }

    private static Draft change(String title) {
        return new Draft(title, new ArrayList<>());
    }

    /// What is said of the event since a version: by which number it is denied, or that it is
    /// allowed.
    private record Since(int version, String verdict) {}

    private record Draft(String title, List<Since> verdicts) {

        Draft was(String verdict) {
            return since(1, verdict);
        }

        Draft since(int version, String verdict) {
            verdicts.add(new Since(version, verdict));
            return this;
        }

        Change of(Function<RoomFixture, EventFixture> event) {
            return new Change(title, verdicts, event);
        }
    }

    private record Change(
            String title, List<Since> verdicts, Function<RoomFixture, EventFixture> event) {

        String in(int version) {
            return verdicts.stream()
                    .filter(it -> it.version() <= version)
                    .reduce((_, later) -> later)
                    .orElseThrow()
                    .verdict();
        }

        @Override
        public String toString() {
            return title;
        }
    }
}
