package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.server.engine.pdu.auth.RoomFixture.ALICE;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertAllowed;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertDenied;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rule 4.7 of room versions 10 and 11, rule 5.7 of room version 12.
class KnocksTest {

    private static final String BOB = "@bob:beta";

    @Versions.WithKnocks
    void rule5p7p1DeniesWhereTheJoinRuleDoesNotAdmitKnocks(String version) {
        var room = publicRoom(version);
        var knock = room.member(BOB, "knock");

        assertAllowed(room.joinRule("knock"), knock);
        for (String joinRule : new String[] {"public", "invite", "restricted", "private"}) {
            assertDenied(room.joinRule(joinRule), knock, "4.7.1", "5.7.1");
        }
        assertDenied(room.without(AuthTypes.JOIN_RULES, ""), knock, "4.7.1", "5.7.1");
    }

    @Versions.WithKnockRestricted
    void rule5p7p1AllowsToKnockOnARestrictedRoomSinceVersion10(String version) {
        var room = publicRoom(version).joinRule("knock_restricted");

        assertAllowed(room, room.member(BOB, "knock"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "8", "9"})
    void rule5p7p1DeniesToKnockOnARestrictedRoomBeforeVersion10(String version) {
        var room = publicRoom(version).joinRule("knock_restricted");

        assertDenied(room, room.member(BOB, "knock"), "4.7.1", "5.7.1");
    }

    @Versions.WithKnocks
    void rule5p7p2DeniesToKnockForAnother(String version) {
        var room = publicRoom(version).joinRule("knock");

        assertDenied(room, room.member(ALICE, BOB, "knock"), "4.7.2", "5.7.2");
    }

    @Versions.WithKnocks
    void rule5p7p3AllowsWhoIsOutside(String version) {
        var room = publicRoom(version).joinRule("knock");
        var knock = room.member(BOB, "knock");

        assertAllowed(room, knock);
        assertAllowed(room.membership(BOB, "leave"), knock);
        assertAllowed(room.membership(BOB, "knock"), knock);
    }

    @Versions.WithKnocks
    void rule5p7p4DeniesWhoIsInInvitedOrBanned(String version) {
        var room = publicRoom(version).joinRule("knock");
        var knock = room.member(BOB, "knock");

        for (String membership : new String[] {"join", "invite", "ban"}) {
            assertDenied(room.membership(BOB, membership), knock, "4.7.4", "5.7.4");
        }
    }
}
