package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.server.engine.pdu.auth.RoomFixture.ALICE;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertAllowed;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertDenied;

import org.junit.jupiter.api.Test;

/// What follows from the rules taken together.
class ConsequencesTest {

    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";

    /// The largest integer that an event can have.
    private static final long INTEGER_MAX = (1L << 53) - 1;

    @EveryVersion
    void whoIsNotAMemberCanOnlyComeInOrStayAway(String version) {
        var room = publicRoom(version).joined(CAROL).level("users", BOB, 100);

        assertDenied(room, room.message("m.room.message").by(BOB), "5", "6");
        assertDenied(room, room.state("m.room.topic", "").by(BOB), "5", "6");
        assertDenied(room, room.state(AuthTypes.POWER_LEVELS, "").by(BOB), "5", "6");
        assertDenied(room, room.state(AuthTypes.JOIN_RULES, "").by(BOB), "5", "6");
        assertDenied(room, room.state(AuthTypes.THIRD_PARTY_INVITE, "t").by(BOB), "5", "6");
        assertDenied(room, room.member(BOB, "@dave:delta", "invite"), "4.4.2", "5.4.2");
        assertDenied(room, room.member(BOB, CAROL, "leave"), "4.5.2", "5.5.2");
        assertDenied(room, room.member(BOB, CAROL, "ban"), "4.6.1", "5.6.1");

        assertAllowed(room, room.member(BOB, "join"));
        room.joinRule("invite").membership(BOB, "invite");
        assertAllowed(room, room.member(BOB, "join"));
        assertAllowed(room, room.member(BOB, "leave"));
    }

    @EveryVersion
    void toUnbanTakesTheKickLevelAndTheBanLevelAndMorePowerThanTheTarget(String version) {
        var room =
                publicRoom(version)
                        .joinedWithPower(BOB, 50)
                        .membership(CAROL, "ban")
                        .level("users", CAROL, 49)
                        .level("kick", 50)
                        .level("ban", 50);
        var unban = room.member(BOB, CAROL, "leave");

        assertAllowed(room, unban);
        assertDenied(room.level("kick", 51), unban, "4.5.5", "5.5.5");
        assertDenied(room.level("kick", 50).level("ban", 51), unban, "4.5.3", "5.5.3");
        assertDenied(room.level("ban", 50).level("users", CAROL, 50), unban, "4.5.5", "5.5.5");
    }

    @Test
    void noIntegerLimitsTheCreators() {
        var room =
                publicRoom("12")
                        .joinedWithPower(BOB, INTEGER_MAX)
                        .level("state_default", INTEGER_MAX)
                        .level("ban", INTEGER_MAX)
                        .level("kick", INTEGER_MAX);

        assertAllowed(room, room.state("m.room.topic", ""));
        assertAllowed(room, room.member(ALICE, BOB, "leave"));
        assertAllowed(room, room.member(ALICE, BOB, "ban"));
        assertAllowed(room, room.state(AuthTypes.POWER_LEVELS, "").content("{'state_default': 0}"));
        assertDenied(room.check(room.member(BOB, ALICE, "leave")), "5.5.5");
        assertDenied(room.check(room.member(BOB, ALICE, "ban")), "5.6.3");
    }

    @Test
    void creatorsAreAboveAllWhoeverThePowerLevelsFavour() {
        var room = publicRoom("12").powerLevels("{'users': {'@alice:alpha': -1}}").joined(BOB);

        assertAllowed(room, room.state("m.room.topic", ""));
        assertDenied(room.check(room.state("m.room.topic", "").by(BOB)), "8");
    }
}
