package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.server.engine.pdu.auth.RoomFixture.ALICE;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertAllowed;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertDenied;

import org.junit.jupiter.api.Test;

/// Rule 4.6 of room versions 10 and 11, rule 5.6 of room version 12.
class BansTest {

    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";

    @EveryVersion
    void rule5p6p1DeniesWhoIsNotInTheRoom(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 100);
        var ban = room.member(BOB, CAROL, "ban");

        assertAllowed(room, ban);
        assertDenied(room.membership(BOB, "leave"), ban, "4.6.1", "5.6.1");
    }

    @EveryVersion
    void rule5p6p2TakesTheBanLevel(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 50).joined(CAROL);
        var ban = room.member(BOB, CAROL, "ban");

        assertAllowed(room, ban);
        assertDenied(room.level("ban", 51), ban, "4.6.3", "5.6.3");
    }

    @EveryVersion
    void rule5p6p2TakesMorePowerThanTheTargets(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 60).joinedWithPower(CAROL, 59);
        var ban = room.member(BOB, CAROL, "ban");

        assertAllowed(room, ban);
        assertDenied(room.level("users", CAROL, 60), ban, "4.6.3", "5.6.3");
    }

    @EveryVersion
    void rule5p6p2AllowsToBanWhoIsNotInTheRoom(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 50);
        var ban = room.member(BOB, CAROL, "ban");

        for (String membership : new String[] {"leave", "invite", "knock", "ban"}) {
            assertAllowed(room.membership(CAROL, membership), ban);
        }
    }

    @EveryVersion
    void rule5p6p3DeniesToBanOneself(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 60);

        assertDenied(room, room.member(BOB, BOB, "ban"), "4.6.3", "5.6.3");
    }

    @Test
    void rule5p6p2OfVersion12LetsNobodyBanACreator() {
        var room =
                publicRoom("12")
                        .createContent("{'additional_creators': ['@bob:beta']}")
                        .joined(BOB)
                        .joinedWithPower(CAROL, Long.MAX_VALUE);

        assertDenied(room.check(room.member(CAROL, ALICE, "ban")), "5.6.3");
        assertDenied(room.check(room.member(ALICE, BOB, "ban")), "5.6.3");
        assertDenied(room.check(room.member(ALICE, ALICE, "ban")), "5.6.3");
        assertAllowed(room, room.member(ALICE, CAROL, "ban"));
    }

    @Test
    void rule5p6p2OfVersion11LetsCreatorsBeBannedLikeEverybody() {
        var room = publicRoom("11").joinedWithPower(CAROL, 101);

        assertAllowed(room, room.member(CAROL, ALICE, "ban"));
    }
}
