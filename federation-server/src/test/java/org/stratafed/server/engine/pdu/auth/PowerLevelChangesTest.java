package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertAllowed;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertDenied;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.json.JsonNull;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;

/// What may be changed in power levels: rules 9.5 to 9.9 of room versions 10 and 11, rules 10.6
/// to 10.10 of room version 12. Bob, who has 60, changes them.
class PowerLevelChangesTest {

    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";
    private static final String[] VERSIONS = {
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"
    };

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
    void rule10p6DeniesALevelThatWasOrWillBeAboveTheSenders(String name) {
        for (String version : VERSIONS) {
            // At 60 or below, nothing of this keeps Bob from sending power levels.
            var room = room(version).level(name, 60);
            assertAllowed(room, changed(room, name, 59));
            assertDenied(room, changed(room, name, 61), "9.5.2", "10.6.2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"events_default", "ban", "redact", "kick", "invite"})
    void rule10p6p1DeniesToChangeOrRemoveALevelAboveTheSenders(String name) {
        for (String version : VERSIONS) {
            var room = room(version).level(name, 61);
            assertDenied(room, changed(room, name, 60), "9.5.1", "10.6.1");
            assertDenied(room, without(room, name), "9.5.1", "10.6.1");
            assertAllowed(room, changed(room, name, 61));
        }
    }

    /// A decision: a level that is added has no value before, and one that is removed none after,
    /// and what isn't there is not compared. If it were its default, which is 50, that was too
    /// much or will be for somebody with less.
    @EveryVersion
    void aLevelThatIsAddedOrRemovedIsNotComparedByItsDefault(String version) {
        var room = room(version).level("users", BOB, 40).level("events", AuthTypes.POWER_LEVELS, 0);

        assertAllowed(room, changed(room, "ban", 40));
        assertDenied(room, changed(room, "ban", 41), "9.5.2", "10.6.2");
        room.level("ban", 40);
        assertAllowed(room, without(room, "ban"));
    }

    @EveryVersion
    void rule10p7DeniesToChangeOrRemoveAnEntryAboveTheSenders(String version) {
        for (String map : guardedMaps(version)) {
            var room = room(version).level(map, "org.example", 60);
            assertAllowed(room, changed(room, map, "org.example", 59));
            assertAllowed(room, without(room, map, "org.example"));

            room.level(map, "org.example", 61);
            assertDenied(room, changed(room, map, "org.example", 60), "9.6.1", "10.7.1");
            assertDenied(room, without(room, map, "org.example"), "9.6.1", "10.7.1");
            assertDenied(room, without(room, map), "9.6.1", "10.7.1");
            assertAllowed(room, changed(room, map, "org.example", 61));
        }
    }

    @EveryVersion
    void rule10p8DeniesToAddOrChangeAnEntryToMoreThanTheSenders(String version) {
        for (String map : guardedMaps(version)) {
            var room = room(version);
            assertAllowed(room, changed(room, map, "org.example", 60));
            assertDenied(room, changed(room, map, "org.example", 61), "9.7.1", "10.8.1");
            room.level(map, "org.example", 50);
            assertAllowed(room, changed(room, map, "org.example", 60));
            assertDenied(room, changed(room, map, "org.example", 61), "9.7.1", "10.8.1");
        }
    }

    @EveryVersion
    void rule10p9DeniesToChangeOrRemoveAUserOfTheSameOrMorePower(String version) {
        var room = room(version).level("users", CAROL, 59);
        assertAllowed(room, changed(room, "users", CAROL, 0));
        assertAllowed(room, without(room, "users", CAROL));

        for (long power : new long[] {60, 61}) {
            room.level("users", CAROL, power);
            assertDenied(room, changed(room, "users", CAROL, 0), "9.8.1", "10.9.1");
            assertDenied(room, without(room, "users", CAROL), "9.8.1", "10.9.1");
            assertAllowed(room, changed(room, "users", CAROL, power));
        }
    }

    @EveryVersion
    void rule10p9AllowsToGiveUpOnesOwnPower(String version) {
        var room = room(version);

        assertAllowed(room, changed(room, "users", BOB, 59));
        assertAllowed(room, without(room, "users", BOB));
    }

    @EveryVersion
    void rule10p10DeniesToRaiseAnybodyAboveTheSender(String version) {
        var room = room(version);

        assertAllowed(room, changed(room, "users", CAROL, 60));
        assertDenied(room, changed(room, "users", CAROL, 61), "9.9.1", "10.10.1");
        assertDenied(room, changed(room, "users", BOB, 61), "9.9.1", "10.10.1");
        room.level("users", CAROL, 10);
        assertAllowed(room, changed(room, "users", CAROL, 60));
        assertDenied(room, changed(room, "users", CAROL, 61), "9.9.1", "10.10.1");
    }

    /// The same decision: a user who is added had no power before, not the default for users, and
    /// one who is removed will have none.
    @EveryVersion
    void aUserWhoIsAddedOrRemovedIsNotComparedByTheDefault(String version) {
        var room = room(version).level("users_default", 60);

        assertAllowed(room, changed(room, "users", CAROL, 0));
        room.level("users", CAROL, 0);
        assertAllowed(room, without(room, "users", CAROL));
        room.level("users_default", 61).level("users", CAROL, 0);
        assertAllowed(room, without(room, "users", CAROL));
    }

    @EveryVersion
    void whatIsNotChangedMayBeAboveTheSender(String version) {
        var room =
                room(version)
                        .level("ban", 99)
                        .level("events", "m.room.tombstone", 99)
                        .level("notifications", "room", 99)
                        .level("users", CAROL, 99);

        assertAllowed(room, changed(room, "kick", 60));
    }

    @EveryVersion
    void whatIsNoLevelMayBeChangedByAnybodyWhoMaySendIt(String version) {
        var room = room(version);

        assertAllowed(room, changed(room, "org.example", 1_000));
    }

    @Versions.WithFractions
    void notificationsAreAnybodysToChangeBeforeVersion6(String version) {
        var room = room(version).level("notifications", "room", 99);

        assertAllowed(room, changed(room, "notifications", "room", 0));
        assertAllowed(room, changed(room, "notifications", "org.example", 61));
        assertAllowed(room, without(room, "notifications"));
    }

    @Versions.WithTextLevels
    void levelsAreComparedByWhatTheyAreWorthBeforeVersion10(String version) {
        var room = room(version).level("ban", 60);

        assertAllowed(room, changed(room, "ban", new JsonString(" +60 ")));
        assertDenied(room, changed(room, "ban", new JsonString("61")), "9.5.2", "10.6.2");
        room.with(changed(room, "ban", new JsonString("61")).build());
        assertAllowed(room, changed(room, "ban", 61));
        assertDenied(room, changed(room, "ban", 60), "9.5.1", "10.6.1");
    }

    @Versions.WithFractions
    void fractionsAreComparedWithoutWhatIsAfterThePoint(String version) {
        var room = room(version);

        assertAllowed(room, changed(room, "ban", new JsonNumber("60.9")));
        assertDenied(room, changed(room, "ban", new JsonNumber("6.1e1")), "9.5.2", "10.6.2");
    }

    /// A decision: what can't be compared can't be found to be within the sender's power.
    @Versions.WithTextLevels
    void whatIsNoLevelCanNeitherBeMadeNorUnmadeBeforeVersion10(String version) {
        var room = room(version);

        assertDenied(room, changed(room, "ban", new JsonString("x")), "9.5.1", "10.6.1");
        assertDenied(room, changed(room, "events", new JsonString("x")), "9.5.1", "10.6.1");
        room.with(changed(room, "ban", JsonNull.NULL).build());
        assertDenied(room, changed(room, "ban", 50), "9.5.1", "10.6.1");
        assertDenied(room, changed(room, "kick", 50), "9.5.1", "10.6.1");
    }

    @Test
    void nothingIsAboveTheCreatorsOfVersion12() {
        var room = room("12").level("ban", 1_000).level("users", CAROL, 1_000);

        assertAllowed(room, changed(room, "ban", 2_000).by(RoomFixture.ALICE));
        assertAllowed(room, without(room, "users", CAROL).by(RoomFixture.ALICE));
        assertAllowed(room, changed(room, "users", BOB, 5_000).by(RoomFixture.ALICE));
    }

    private static RoomFixture room(String version) {
        return publicRoom(version).joinedWithPower(BOB, 60);
    }

    /// The maps in which each entry is guarded.
    private static String[] guardedMaps(String version) {
        return List.of("1", "2", "3", "4", "5").contains(version)
                ? new String[] {"events"}
                : new String[] {"events", "notifications"};
    }

    private static EventFixture changed(RoomFixture room, String name, long level) {
        return changed(room, name, JsonNumber.of(level));
    }

    private static EventFixture changed(RoomFixture room, String name, JsonValue level) {
        return levels(room, room.powerLevels().with(name, level));
    }

    private static EventFixture changed(RoomFixture room, String map, String key, long level) {
        var levels = room.powerLevels().object(map).orElse(JsonObject.empty());
        return levels(room, room.powerLevels().with(map, levels.with(key, JsonNumber.of(level))));
    }

    private static EventFixture without(RoomFixture room, String name) {
        return levels(room, room.powerLevels().without(name));
    }

    private static EventFixture without(RoomFixture room, String map, String key) {
        var levels = room.powerLevels().object(map).orElse(JsonObject.empty());
        return levels(room, room.powerLevels().with(map, levels.without(key)));
    }

    private static EventFixture levels(RoomFixture room, JsonObject content) {
        return room.state(AuthTypes.POWER_LEVELS, "").by(BOB).content(content);
    }
}
