package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.server.engine.pdu.auth.RoomFixture.ALICE;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertAllowed;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertDenied;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rule 4.3 of room versions 10 and 11, rule 5.3 of room version 12.
class JoinsTest {

    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";

    @EveryVersion
    void rule5p3p1AllowsTheCreatorToJoinRightAfterTheCreateEvent(String version) {
        var room = created(version);

        assertAllowed(room, room.member(ALICE, "join").prev(room.create().id()));
        assertDenied(room, room.member(BOB, "join").prev(room.create().id()), "4.3.7", "5.3.7");
    }

    @EveryVersion
    void rule5p3p1IsForTheEventRightAfterTheCreateEventOnly(String version) {
        var room = created(version);
        var other = room.message("m.room.message").build().id();

        assertDenied(room, room.member(ALICE, "join").prev(other), "4.3.7", "5.3.7");
        assertDenied(
                room, room.member(ALICE, "join").prev(room.create().id(), other), "4.3.7", "5.3.7");
        assertDenied(room, room.member(ALICE, "join").prev(), "4.3.7", "5.3.7");
    }

    @Versions.WithNamedCreator
    void rule5p3p1GoesByTheCreatorThatTheContentNamesUpToVersion10(String version) {
        var room = created(version).createContent("{'creator': '@bob:beta'}");
        var create = room.create().id();

        assertAllowed(room, room.member(BOB, "join").prev(create));
        assertDenied(room, room.member(ALICE, "join").prev(create), "4.3.7", "5.3.7");
    }

    @Test
    void rule5p3p1GoesByTheSenderInVersion11() {
        var room = created("11").createContent("{'creator': '@bob:beta'}");
        var create = room.create().id();

        assertAllowed(room, room.member(ALICE, "join").prev(create));
        assertDenied(room.check(room.member(BOB, "join").prev(create)), "4.3.7");
    }

    @Test
    void rule5p3p1IsNotForAdditionalCreators() {
        var room = created("12").createContent("{'additional_creators': ['@bob:beta']}");
        var create = room.create().id();

        assertAllowed(room, room.member(ALICE, "join").prev(create));
        assertDenied(room.check(room.member(BOB, "join").prev(create)), "5.3.7");
    }

    @EveryVersion
    void rule5p3p2DeniesToJoinForAnother(String version) {
        var room = publicRoom(version);

        assertAllowed(room, room.member(BOB, BOB, "join"));
        assertDenied(room, room.member(ALICE, BOB, "join"), "4.3.2", "5.3.2");
    }

    @EveryVersion
    void rule5p3p3DeniesWhoIsBanned(String version) {
        var room = publicRoom(version).membership(BOB, "leave");

        assertAllowed(room, room.member(BOB, "join"));
        room.membership(BOB, "ban");
        assertDenied(room, room.member(BOB, "join"), "4.3.3", "5.3.3");
    }

    @ParameterizedTest
    @CsvSource({
        "1,invite", "2,invite", "3,invite", "4,invite", "5,invite", "6,invite", "7,invite",
        "8,invite", "9,invite", "10,invite", "11,invite", "12,invite", "7,knock", "8,knock",
        "9,knock", "10,knock", "11,knock", "12,knock"
    })
    void rule5p3p4AllowsWhoIsInvitedAndWhoIsIn(String version, String joinRule) {
        var room = publicRoom(version).joinRule(joinRule);
        var join = room.member(BOB, "join");

        assertDenied(room, join, "4.3.7", "5.3.7");
        assertAllowed(room.membership(BOB, "invite"), join);
        assertAllowed(room.membership(BOB, "join"), join);
        assertDenied(room.membership(BOB, "leave"), join, "4.3.7", "5.3.7");
        assertDenied(room.membership(BOB, "knock"), join, "4.3.7", "5.3.7");
    }

    @ParameterizedTest
    @CsvSource({
        "8,restricted",
        "9,restricted",
        "10,restricted",
        "10,knock_restricted",
        "11,restricted",
        "11,knock_restricted",
        "12,restricted",
        "12,knock_restricted"
    })
    void rule5p3p5p1AllowsWhoIsInvitedAndWhoIsInWithoutAVoucher(String version, String joinRule) {
        var room = publicRoom(version).joinRule(joinRule);
        var join = room.member(BOB, "join");

        assertAllowed(room.membership(BOB, "invite"), join);
        assertAllowed(room.membership(BOB, "join"), join);
        assertDenied(room.membership(BOB, "leave"), join, "4.3.5.2", "5.3.5.2");
        assertDenied(room.membership(BOB, "knock"), join, "4.3.5.2", "5.3.5.2");
    }

    @Versions.WithRestrictedJoins
    void rule5p3p5p2DeniesAVoucherWhoIsNotInTheRoom(String version) {
        var room = publicRoom(version).joinRule("restricted");
        var join = vouchedJoin(room);

        assertDenied(room, join, "4.3.5.2", "5.3.5.2");
        assertDenied(room.membership(CAROL, "invite"), join, "4.3.5.2", "5.3.5.2");
        assertDenied(room.membership(CAROL, "leave"), join, "4.3.5.2", "5.3.5.2");
        assertAllowed(room.membership(CAROL, "join"), join);
    }

    @Versions.WithKnockRestricted
    void rule5p3p5p2DeniesAVoucherWhoCouldNotInvite(String version) {
        var room =
                publicRoom(version)
                        .joinRule("knock_restricted")
                        .joinedWithPower(CAROL, 29)
                        .level("invite", 30);
        var join = vouchedJoin(room);

        assertDenied(room, join, "4.3.5.2", "5.3.5.2");
        assertAllowed(room.level("users", CAROL, 30), join);
    }

    /// Each join rule is known from some room version on, and nobody can join by it before.
    @ParameterizedTest
    @CsvSource({"6,knock", "7,restricted", "9,knock_restricted", "1,knock_restricted"})
    void rule5p3p7DeniesEverybodyByAJoinRuleOfLaterVersions(String version, String joinRule) {
        var room = publicRoom(version).joinRule(joinRule);
        var join = room.member(BOB, "join");

        assertDenied(room.membership(BOB, "invite"), join, "4.3.7", "5.3.7");
        assertDenied(room.membership(BOB, "join"), join, "4.3.7", "5.3.7");
    }

    @EveryVersion
    void rule5p3p6AllowsEverybodyWhereTheRoomIsPublic(String version) {
        var room = publicRoom(version);
        var join = room.member(BOB, "join");

        for (String membership : new String[] {"leave", "invite", "knock", "join"}) {
            assertAllowed(room.membership(BOB, membership), join);
        }
        room.joinRule("invite").membership(BOB, "leave");
        assertDenied(room, join, "4.3.7", "5.3.7");
    }

    @EveryVersion
    void rule5p3p7DeniesEverybodyByAJoinRuleThatIsNotKnown(String version) {
        var room = publicRoom(version).joinRule("private");

        assertDenied(room, room.member(BOB, "join"), "4.3.7", "5.3.7");
        assertDenied(room.membership(BOB, "invite"), room.member(BOB, "join"), "4.3.7", "5.3.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "['public']"})
    void rule5p3p7DeniesEverybodyByAJoinRuleThatIsNoString(String joinRule) {
        var room = publicRoom("12").membership(BOB, "invite");
        room.with(
                room.state(AuthTypes.JOIN_RULES, "")
                        .content("{'join_rule': " + joinRule + "}")
                        .build());

        assertDenied(room.check(room.member(BOB, "join")), "5.3.7");
    }

    /// A decision: the specification is silent on a room without join rules. It is taken for one
    /// that one has to be invited to.
    @EveryVersion
    void whereThereAreNoJoinRulesOneHasToBeInvited(String version) {
        var room = publicRoom(version).without(AuthTypes.JOIN_RULES, "");
        var join = room.member(BOB, "join");

        assertDenied(room, join, "4.3.7", "5.3.7");
        assertAllowed(room.membership(BOB, "invite"), join);
    }

    @EveryVersion
    void whereTheJoinRulesSayNothingOneHasToBeInvited(String version) {
        var room = publicRoom(version);
        room.with(room.state(AuthTypes.JOIN_RULES, "").content("{}").build());
        var join = room.member(BOB, "join");

        assertDenied(room, join, "4.3.7", "5.3.7");
        assertAllowed(room.membership(BOB, "invite"), join);
    }

    @Test
    void theImplicitJoinRuleIsTheRoomVersions() {
        var room = publicRoom("12").without(AuthTypes.JOIN_RULES, "");
        var join = room.member(BOB, "join").build();
        var rules = RulesFixture.withImplicitJoinRule(room.rules(), "public");

        assertAllowed(EventAuthorization.check(rules, join, room, new NoSignatures()));
    }

    private static RoomFixture created(String version) {
        return publicRoom(version)
                .without(AuthTypes.MEMBER, ALICE)
                .without(AuthTypes.POWER_LEVELS, "")
                .without(AuthTypes.JOIN_RULES, "");
    }

    private static EventFixture vouchedJoin(RoomFixture room) {
        return room.member(BOB, "join").content(Joins.AUTHORISED_VIA, CAROL).signedBy("gamma");
    }
}
