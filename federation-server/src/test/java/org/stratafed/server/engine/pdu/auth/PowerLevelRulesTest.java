package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertAllowed;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertDenied;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What may be in power levels: rules 9.1 to 9.4 of room versions 10 and 11, rules 10.1 to 10.5
/// of room version 12.
class PowerLevelRulesTest {

    private static final String[] VERSIONS = {"10", "11", "12"};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users_default",
                "events_default",
                "state_default",
                "ban",
                "redact",
                "kick",
                "invite"
            })
    void rule10p1DeniesALevelThatIsNoInteger(String name) {
        for (String version : VERSIONS) {
            var room = empty(version);
            assertAllowed(room, levels(room, "{'%s': 50}".formatted(name)));
            assertAllowed(room, levels(room, "{'%s': -50}".formatted(name)));
            for (String value : new String[] {"'50'", "null", "true", "{}", "[50]"}) {
                assertDenied(
                        room, levels(room, "{'%s': %s}".formatted(name, value)), "9.1", "10.1");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"10,events", "10,notifications", "12,events", "12,notifications"})
    void rule10p2DeniesWhatIsNoObjectOfIntegers(String version, String name) {
        var room = empty(version);

        assertAllowed(room, levels(room, "{'%s': {}}".formatted(name)));
        assertAllowed(room, levels(room, "{'%s': {'room': 1, '': 2}}".formatted(name)));
        for (String value :
                new String[] {"null", "1", "[]", "'{}'", "{'room': '1'}", "{'room': null}"}) {
            assertDenied(room, levels(room, "{'%s': %s}".formatted(name, value)), "9.2", "10.2");
        }
    }

    @Versions.WithIntegerLevels
    void rule10p3DeniesUsersThatAreNoObjectOfIntegersByUserId(String version) {
        var room = empty(version);

        assertAllowed(room, levels(room, "{'users': {}}"));
        assertAllowed(room, levels(room, "{'users': {'@bob:beta': 1, '@Old Name!:c:1': 2}}"));
        for (String users :
                new String[] {
                    "null",
                    "1",
                    "[]",
                    "{'@bob:beta': '1'}",
                    "{'@bob:beta': null}",
                    "{'bob': 1}",
                    "{'@bob': 1}",
                    "{'': 1}"
                }) {
            assertDenied(room, levels(room, "{'users': %s}".formatted(users)), "9.3", "10.3");
        }
    }

    @Versions.WithTextLevels
    void rule9p1DeniesUsersThatAreNoObjectOfLevelsByUserIdBeforeVersion10(String version) {
        var room = empty(version);

        assertAllowed(room, levels(room, "{'users': {}}"));
        assertAllowed(room, levels(room, "{'users': {'@bob:beta': 1, '@Old Name!:c:1': 2}}"));
        for (String level : new String[] {"'1'", "' +001 '", "'-1'", "true"}) {
            assertAllowed(room, levels(room, "{'users': {'@bob:beta': " + level + "}}"));
        }
        for (String users :
                new String[] {
                    "null",
                    "1",
                    "[]",
                    "{'@bob:beta': null}",
                    "{'@bob:beta': ''}",
                    "{'@bob:beta': '1.5'}",
                    "{'@bob:beta': '1 0'}",
                    "{'@bob:beta': [1]}",
                    "{'bob': 1}",
                    "{'@bob': 1}"
                }) {
            assertDenied(room, levels(room, "{'users': %s}".formatted(users)), "9.3", "10.3");
        }
    }

    @Versions.WithFractions
    void rule9p1AllowsFractionsBeforeVersion6AsFarAsDoublesGo(String version) {
        var room = empty(version);

        assertAllowed(room, levels(room, "{'users': {'@bob:beta': 50.57}}"));
        assertAllowed(room, levels(room, "{'users': {'@bob:beta': 5.114698E4}, 'ban': 1.5}"));
        assertDenied(room, levels(room, "{'users': {'@bob:beta': 1e400}}"), "9.3", "10.3");
        assertDenied(room, levels(room, "{'ban': 1e400}"), "9.3", "10.3");
        assertDenied(room, levels(room, "{'events': {'m.room.topic': -1e400}}"), "9.3", "10.3");
    }

    /// A decision: nothing says what becomes of it. Deployed servers don't look at it here.
    @Versions.WithTextLevels
    void theFirstPowerLevelsMayHaveWhatIsNoLevelBeforeVersion10(String version) {
        var room = empty(version);

        for (String value : new String[] {"'x'", "null", "{}", "[50]"}) {
            assertAllowed(room, levels(room, "{'ban': " + value + "}"));
            assertAllowed(room, levels(room, "{'events': " + value + "}"));
            assertAllowed(room, levels(room, "{'notifications': " + value + "}"));
        }
    }

    /// A decision: by the letter, what isn't there is no object either. Deployed servers take it
    /// for an empty one.
    @EveryVersion
    void rule10p3AllowsPowerLevelsWithoutUsers(String version) {
        var room = empty(version);

        assertAllowed(room, levels(room, "{}"));
        assertAllowed(room.powerLevels("{}").level("users_default", 100), levels(room, "{}"));
    }

    @Test
    void rule10p4OfVersion12DeniesToListCreators() {
        var room = empty("12").createContent("{'additional_creators': ['@bob:beta']}");

        assertAllowed(room, levels(room, "{'users': {'@carol:gamma': 100}}"));
        assertDenied(room.check(levels(room, "{'users': {'@alice:alpha': 100}}")), "10.4");
        assertDenied(room.check(levels(room, "{'users': {'@bob:beta': 0}}")), "10.4");
    }

    @Test
    void creatorsCanBeListedBeforeVersion12() {
        for (String version : new String[] {"1", "10", "11"}) {
            var room = empty(version);
            assertAllowed(room, levels(room, "{'users': {'@alice:alpha': 100}}"));
        }
    }

    /// Nothing is changed, so that nothing limits what it says but that it says it in integers.
    @EveryVersion
    void rule10p5AllowsTheFirstPowerLevelsWhateverTheySay(String version) {
        var room = empty(version);

        assertAllowed(
                room,
                levels(
                        room,
                        "{'ban': 1000, 'events': {'m.room.topic': 1000},"
                                + " 'users': {'@bob:beta': 1000}}"));
    }

    /// A decision: the power levels before are those of the room, also for an event that has
    /// another state key and so sets none. Deployed servers differ here; nothing follows from it.
    @EveryVersion
    void rule10p5GoesByThePowerLevelsOfTheRoomWhateverTheStateKey(String version) {
        var room = publicRoom(version).joinedWithPower("@bob:beta", 60);
        var levels = levels(room, "{'ban': 1000}").by("@bob:beta").stateKey("mine");

        assertDenied(room, levels, "9.5.2", "10.6.2");
    }

    @EveryVersion
    void powerLevelsAreSubjectToTheRequiredPowerFirst(String version) {
        var room = publicRoom(version).joinedWithPower("@bob:beta", 49);

        assertDenied(room, levels(room, "{'users': 1}").by("@bob:beta"), "7", "8");
    }

    private static RoomFixture empty(String version) {
        return publicRoom(version).without(AuthTypes.POWER_LEVELS, "");
    }

    private static EventFixture levels(RoomFixture room, String content) {
        return room.state(AuthTypes.POWER_LEVELS, "").content(content);
    }
}
