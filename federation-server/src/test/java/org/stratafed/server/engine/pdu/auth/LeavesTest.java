package org.stratafed.server.engine.pdu.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.ALICE;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertAllowed;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertDenied;

import org.junit.jupiter.api.Test;

/// Rule 4.5 of room versions 10 and 11, rule 5.5 of room version 12.
class LeavesTest {

    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";

    @EveryVersion
    void rule5p5p1AllowsToLeaveAndToDecline(String version) {
        var room = publicRoom(version);
        var leave = room.member(BOB, "leave");

        for (String membership : new String[] {"join", "invite"}) {
            assertAllowed(room.membership(BOB, membership), leave);
        }
    }

    @Versions.WithKnocks
    void rule5p5p1AllowsToTakeBackAKnock(String version) {
        var room = publicRoom(version).membership(BOB, "knock");

        assertAllowed(room, room.member(BOB, "leave"));
    }

    @Versions.WithoutKnocks
    void rule5p5p1DeniesToTakeBackAKnockThatMeansNothing(String version) {
        var room = publicRoom(version).membership(BOB, "knock");

        assertDenied(room, room.member(BOB, "leave"), "4.5.1", "5.5.1");
    }

    @EveryVersion
    void rule5p5p1DeniesToLeaveWhatOneIsNotIn(String version) {
        var room = publicRoom(version);
        var leave = room.member(BOB, "leave");

        assertDenied(room, leave, "4.5.1", "5.5.1");
        assertDenied(room.membership(BOB, "leave"), leave, "4.5.1", "5.5.1");
        assertDenied(room.membership(BOB, "ban"), leave, "4.5.1", "5.5.1");
    }

    /// The rule is final, so that power doesn't help: not even the powerful unban themselves.
    @EveryVersion
    void rule5p5p1DeniesToUnbanOneselfWhateverOnesPower(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 100).membership(BOB, "ban");

        assertDenied(room, room.member(BOB, "leave"), "4.5.1", "5.5.1");
    }

    @EveryVersion
    void rule5p5p2DeniesWhoIsNotInTheRoom(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 100).joined(CAROL);
        var kick = room.member(BOB, CAROL, "leave");

        assertAllowed(room, kick);
        assertDenied(room.membership(BOB, "leave"), kick, "4.5.2", "5.5.2");
    }

    @EveryVersion
    void rule5p5p3TakesTheBanLevelToUnban(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 60).level("ban", 61);
        var unban = room.member(BOB, CAROL, "leave");

        assertAllowed(room.membership(CAROL, "join"), unban);
        assertDenied(room.membership(CAROL, "ban"), unban, "4.5.3", "5.5.3");
        assertAllowed(room.level("ban", 60), unban);
    }

    @EveryVersion
    void rule5p5p4TakesTheKickLevelToKick(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 50).joined(CAROL);
        var kick = room.member(BOB, CAROL, "leave");

        assertAllowed(room, kick);
        assertDenied(room.level("kick", 51), kick, "4.5.5", "5.5.5");
    }

    @EveryVersion
    void rule5p5p4TakesTheKickLevelToUnbanToo(String version) {
        var room =
                publicRoom(version)
                        .joinedWithPower(BOB, 50)
                        .membership(CAROL, "ban")
                        .level("kick", 51);

        assertDenied(room, room.member(BOB, CAROL, "leave"), "4.5.5", "5.5.5");
    }

    @EveryVersion
    void rule5p5p4TakesMorePowerThanTheTargets(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 60).joinedWithPower(CAROL, 59);
        var kick = room.member(BOB, CAROL, "leave");

        assertAllowed(room, kick);
        assertDenied(room.level("users", CAROL, 60), kick, "4.5.5", "5.5.5");
        assertDenied(room.level("users", CAROL, 61), kick, "4.5.5", "5.5.5");
        assertDenied(room.membership(CAROL, "ban"), kick, "4.5.5", "5.5.5");
    }

    @Test
    void theReasonSaysWhetherTheLevelOrTheTargetIsTooHigh() {
        var room = publicRoom("12").joinedWithPower(BOB, 50).joinedWithPower(CAROL, 50);
        var kick = room.member(BOB, CAROL, "leave");

        assertThat(room.check(kick).toString()).contains("not above the power 50 of " + CAROL);
        room.level("kick", 51);
        assertThat(room.check(kick).toString()).contains("it takes 51 to kick");
    }

    @EveryVersion
    void rule5p5p4AllowsToTakeBackAnInvitationOrRefuseAKnock(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 50);

        for (String membership : new String[] {"invite", "knock", "leave"}) {
            room.membership(CAROL, membership);
            assertAllowed(room, room.member(BOB, CAROL, "leave"));
        }
    }

    @Test
    void rule5p5p4OfVersion12LetsNobodyKickACreator() {
        var room =
                publicRoom("12")
                        .createContent("{'additional_creators': ['@bob:beta']}")
                        .joined(BOB)
                        .joinedWithPower(CAROL, Long.MAX_VALUE);

        assertDenied(room.check(room.member(CAROL, ALICE, "leave")), "5.5.5");
        assertDenied(room.check(room.member(CAROL, BOB, "leave")), "5.5.5");
        assertDenied(room.check(room.member(ALICE, BOB, "leave")), "5.5.5");
        assertDenied(room.check(room.member(BOB, ALICE, "leave")), "5.5.5");
        assertAllowed(room, room.member(BOB, CAROL, "leave"));
    }
}
