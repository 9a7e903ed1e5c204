package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.server.engine.pdu.auth.RoomFixture.ALICE;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.json;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertAllowed;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertDenied;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What all memberships share: rule 4 of room versions 10 and 11, rule 5 of room version 12.
class MembershipRulesTest {

    private static final String BOB = "@bob:beta";
    private static final String[] VERSIONS = {
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"
    };

    @EveryVersion
    void rule5p1DeniesAMembershipOfNobody(String version) {
        var room = publicRoom(version);

        assertAllowed(room, room.member(BOB, "join"));
        assertDenied(room, room.member(BOB, "join").withoutStateKey(), "4.1", "5.1");
    }

    @EveryVersion
    void rule5p1DeniesAnEventWithoutMembership(String version) {
        var room = publicRoom(version);

        assertDenied(room, room.member(BOB, "join").content("{}"), "4.1", "5.1");
    }

    /// A decision: the specification doesn't say what is to be done with such a state key.
    @ParameterizedTest
    @ValueSource(strings = {"", "bob", "@bob", "bob:beta", "!bob:beta"})
    void rule5p1DeniesAMembershipOfWhatIsNoUser(String stateKey) {
        for (String version : VERSIONS) {
            var room = publicRoom(version);
            var kick = room.member(ALICE, BOB, "leave").stateKey(stateKey);

            assertDenied(room, kick, "4.1", "5.1");
        }
    }

    @Versions.WithRestrictedJoins
    void rule5p2DeniesAVouchedJoinThatTheVouchersServerHasNotSigned(String version) {
        var room = publicRoom(version);
        var join = room.member(BOB, "join").content(Joins.AUTHORISED_VIA, ALICE);

        assertDenied(room, join, "4.2.1", "5.2.1");
        assertDenied(room, join.field("signatures", json("{'alpha': {}}")), "4.2.1", "5.2.1");
        join.field("signatures", json("{}"));
        assertDenied(room, join.signedBy("beta").signedBy("alpha:8448"), "4.2.1", "5.2.1");
        assertAllowed(room, join.signedBy("alpha"));
    }

    /// The rule comes before those about single memberships, so it holds for all of them.
    @Versions.WithRestrictedJoins
    void rule5p2DeniesAnyMembershipWithAVoucherWhoseServerHasNotSigned(String version) {
        var room = publicRoom(version).joined(BOB);
        var leave = room.member(BOB, "leave").content(Joins.AUTHORISED_VIA, ALICE);

        assertDenied(room, leave, "4.2.1", "5.2.1");
        assertAllowed(room, leave.signedBy("alpha"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "''", "'alpha'", "['@alice:alpha']"})
    void rule5p2DeniesAVoucherThatIsNoUser(String voucher) {
        for (String version : new String[] {"8", "9", "10", "11", "12"}) {
            var room = publicRoom(version);
            var join =
                    room.member(BOB, "join")
                            .content(
                                    "{'membership': 'join', '%s': %s}"
                                            .formatted(Joins.AUTHORISED_VIA, voucher))
                            .signedBy("alpha");

            assertDenied(room, join, "4.2.1", "5.2.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'dance'", "''", "'Join'", "null", "1", "{}"})
    void rule5p8DeniesAMembershipThatIsNotKnown(String membership) {
        for (String version : VERSIONS) {
            var room = publicRoom(version).joined(BOB);
            var change = room.member(BOB, "").content("{'membership': " + membership + "}");

            assertDenied(room, change, "4.8", "5.8");
        }
    }

    @Versions.WithoutRestrictedJoins
    void aVoucherMeansNothingBeforeVersion8(String version) {
        var room = publicRoom(version);

        assertAllowed(room, room.member(BOB, "join").content(Joins.AUTHORISED_VIA, ALICE));
        assertAllowed(room, room.member(BOB, "join").content(Joins.AUTHORISED_VIA, "nobody"));
    }

    @Versions.WithoutKnocks
    void rule5p8DeniesAKnockBeforeVersion7(String version) {
        var room = publicRoom(version).joinRule("knock");

        assertDenied(room, room.member(BOB, "knock"), "4.8", "5.8");
    }

    /// Rules 6 to 11 don't apply to memberships: nothing else could be left by the banned, say.
    @EveryVersion
    void membershipsTakeNoPowerOfTheirType(String version) {
        var room = publicRoom(version).level("events", AuthTypes.MEMBER, 100);

        assertAllowed(room, room.member(BOB, "join"));
    }
}
