package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertAllowed;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertDenied;

/// Rule 4.4 of room versions 10 and 11, rule 5.4 of room version 12, but for third-party invites.
class InvitesTest {

    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";

    @EveryVersion
    void rule5p4p2DeniesWhoIsNotInTheRoom(String version) {
        var room = publicRoom(version);
        var invite = room.member(BOB, CAROL, "invite");

        assertDenied(room, invite, "4.4.2", "5.4.2");
        assertDenied(room.membership(BOB, "invite"), invite, "4.4.2", "5.4.2");
        assertAllowed(room.membership(BOB, "join"), invite);
    }

    @EveryVersion
    void rule5p4p3DeniesATargetThatIsInOrBanned(String version) {
        var room = publicRoom(version).joined(BOB);
        var invite = room.member(BOB, CAROL, "invite");

        assertDenied(room.membership(CAROL, "join"), invite, "4.4.3", "5.4.3");
        assertDenied(room.membership(CAROL, "ban"), invite, "4.4.3", "5.4.3");
        for (String membership : new String[] {"leave", "invite", "knock"}) {
            assertAllowed(room.membership(CAROL, membership), invite);
        }
    }

    @EveryVersion
    void rule5p4p3DeniesToInviteOneself(String version) {
        var room = publicRoom(version).joined(BOB);

        assertDenied(room, room.member(BOB, BOB, "invite"), "4.4.3", "5.4.3");
    }

    @EveryVersion
    void rule5p4p4AllowsWhoHasThePowerAndRule5p4p5DeniesWhoDoesNot(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 10).level("invite", 10);
        var invite = room.member(BOB, CAROL, "invite");

        assertAllowed(room, invite);
        assertDenied(room.level("invite", 11), invite, "4.4.5", "5.4.5");
    }

    @EveryVersion
    void invitingTakesNoPowerUnlessTheRoomSaysSo(String version) {
        var room = publicRoom(version).joined(BOB);

        assertAllowed(room, room.member(BOB, CAROL, "invite"));
        room.level("users_default", -1);
        assertDenied(room, room.member(BOB, CAROL, "invite"), "4.4.5", "5.4.5");
    }
}
