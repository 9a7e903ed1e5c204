package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.server.engine.pdu.auth.RoomFixture.ALICE;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertAllowed;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertDenied;

/// Rule 4 of room versions 1 to 5.
class AliasesTest {

    private static final String BOB = "@bob:beta";

    @Versions.WithAliasesRule
    void rule4p1DeniesAliasesThatAreNoState(String version) {
        var room = publicRoom(version);

        assertDenied(room.check(room.message(AuthTypes.ALIASES)), "4.1");
    }

    @Versions.WithAliasesRule
    void rule4p2DeniesAliasesOfAnotherServer(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 100);

        assertDenied(room.check(room.state(AuthTypes.ALIASES, "alpha").by(BOB)), "4.2");
        assertDenied(room.check(room.state(AuthTypes.ALIASES, "").by(BOB)), "4.2");
        assertDenied(room.check(room.state(AuthTypes.ALIASES, "beta:8448").by(BOB)), "4.2");
    }

    /// The rule is final: it takes neither power nor membership.
    @Versions.WithAliasesRule
    void rule4p3AllowsAServerItsOwnWhoeverOfItSetsThem(String version) {
        var room = publicRoom(version).level("state_default", 100);

        assertAllowed(room, room.state(AuthTypes.ALIASES, "alpha").by(ALICE));
        assertAllowed(room, room.state(AuthTypes.ALIASES, "beta").by(BOB));
    }

    /// It comes after the one about rooms that don't federate.
    @Versions.WithAliasesRule
    void rule3DeniesAliasesOfAServerThatIsKeptOut(String version) {
        var room =
                publicRoom(version)
                        .createContent("{'creator': '@alice:alpha', 'm.federate': false}");

        assertDenied(room.check(room.state(AuthTypes.ALIASES, "beta").by(BOB)), "3");
    }
}
