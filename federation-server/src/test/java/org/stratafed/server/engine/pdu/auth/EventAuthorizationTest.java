package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.server.engine.pdu.auth.RoomFixture.ALICE;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertAllowed;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertDenied;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules that are about no type of event, and rule 7.
class EventAuthorizationTest {

    private static final String BOB = "@bob:beta";
    private static final String MESSAGE = "m.room.message";

    @EveryVersion
    void rule2DeniesEverythingWhereThereIsNoCreateEvent(String version) {
        var room = publicRoom(version);

        assertAllowed(room, room.message(MESSAGE));
        room.without(AuthTypes.CREATE, "");
        assertDenied(room, room.message(MESSAGE), "2.4", "2");
        assertDenied(room, room.member(ALICE, "leave"), "2.4", "2");
    }

    @Test
    void rule2OfVersion12DeniesARoomIdThatIsNotTheCreateEvents() {
        var room = publicRoom("12");

        assertDenied(room.check(room.message(MESSAGE).inRoom("!room:alpha")), "2");
        assertDenied(room.check(room.message(MESSAGE).inRoom("!" + "B".repeat(43))), "2");
    }

    @EveryVersion
    void rule4DeniesOtherServersWhereTheRoomDoesNotFederate(String version) {
        var room = unfederated(version, "false").joined(BOB, "@carol:alpha");

        assertAllowed(room, room.message(MESSAGE).by("@carol:alpha"));
        assertDenied(room, room.message(MESSAGE).by(BOB), "3", "4");
        assertDenied(room, room.member(BOB, "leave"), "3", "4");
        assertDenied(room, room.member("@dave:alpha:8448", "join"), "3", "4");
    }

    @EveryVersion
    void rule4AllowsOtherServersWhereTheRoomFederates(String version) {
        var room = unfederated(version, "true").joined(BOB);

        assertAllowed(room, room.message(MESSAGE).by(BOB));
    }

    /// A decision: the specification has `false` close the room, and deployed servers anything
    /// that isn't `true`.
    @ParameterizedTest
    @CsvSource({"11,null", "11,'''yes'''", "12,0", "12,'''false'''"})
    void rule4DeniesOtherServersWhereFederateIsNoBoolean(String version, String federate) {
        var room = unfederated(version, federate).joined(BOB, "@carol:alpha");

        assertDenied(room, room.message(MESSAGE).by(BOB), "3", "4");
        assertAllowed(room, room.message(MESSAGE).by("@carol:alpha"));
    }

    /// A decision, and the only one of this kind in which deployed servers come to different
    /// states: what is asked of senders is asked of targets of memberships too.
    @EveryVersion
    void rule4DeniesTargetsOfOtherServersWhereTheRoomDoesNotFederate(String version) {
        var room = unfederated(version, "false").joined(BOB);

        assertDenied(room, room.member(ALICE, "@carol:beta", "invite"), "3", "4");
        assertDenied(room, room.member(ALICE, BOB, "leave"), "3", "4");
        assertAllowed(room, room.member(ALICE, "@carol:alpha", "invite"));
    }

    @EveryVersion
    void rule4AllowsTargetsOfOtherServersWhereTheRulesLookAtSendersOnly(String version) {
        var room = unfederated(version, "false");
        var invite = room.member(ALICE, "@carol:beta", "invite").build();
        var rules = RulesFixture.withFederateForSendersOnly(room.rules());

        assertAllowed(EventAuthorization.check(rules, invite, room, new NoSignatures()));
    }

    @EveryVersion
    void rule6DeniesWhoIsNotInTheRoom(String version) {
        var room = publicRoom(version).joined(BOB);

        assertAllowed(room, room.message(MESSAGE).by(BOB));
        assertDenied(room, room.message(MESSAGE).by("@nobody:beta"), "5", "6");
        for (String membership : new String[] {"leave", "ban", "invite", "knock"}) {
            room.membership(BOB, membership);
            assertDenied(room, room.message(MESSAGE).by(BOB), "5", "6");
        }
    }

    @EveryVersion
    void rule7p1TakesTheInviteLevelToInviteAnAddress(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 20).level("invite", 20);
        var invite = room.state(AuthTypes.THIRD_PARTY_INVITE, "token").by(BOB);

        assertAllowed(room, invite);
        room.level("invite", 21);
        assertDenied(room, invite, "6.1", "7.1");
    }

    /// The rule is final: what it takes to send other state doesn't matter.
    @EveryVersion
    void rule7p1DoesNotLookAtTheRequiredPower(String version) {
        var room = publicRoom(version).joined(BOB).level("state_default", 100);

        assertAllowed(room, room.state(AuthTypes.THIRD_PARTY_INVITE, "token").by(BOB));
    }

    @EveryVersion
    void rule7p1DeniesWhoIsNotInTheRoom(String version) {
        var room = publicRoom(version);

        assertDenied(room, room.state(AuthTypes.THIRD_PARTY_INVITE, "token").by(BOB), "5", "6");
    }

    @EveryVersion
    void rule8TakesTheDefaultForState(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 50);
        var topic = room.state("m.room.topic", "").by(BOB);

        assertAllowed(room, topic);
        room.level("users", BOB, 49);
        assertDenied(room, topic, "7", "8");
        room.level("state_default", 49);
        assertAllowed(room, topic);
    }

    @EveryVersion
    void rule8TakesTheDefaultForMessages(String version) {
        var room = publicRoom(version).joined(BOB);
        var message = room.message(MESSAGE).by(BOB);

        assertAllowed(room, message);
        room.level("events_default", 1);
        assertDenied(room, message, "7", "8");
        room.level("users_default", 1);
        assertAllowed(room, message);
    }

    @EveryVersion
    void rule8TakesThePowerOfTheTypeWhereItHasItsOwn(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 30).level("events", MESSAGE, 30);
        var message = room.message(MESSAGE).by(BOB);

        assertAllowed(room, message);
        room.level("events", MESSAGE, 31);
        assertDenied(room, message, "7", "8");
        assertAllowed(room, room.message("m.sticker").by(BOB));
    }

    @EveryVersion
    void rule8TakesDefaultsWhereThereAreNoPowerLevels(String version) {
        var room = publicRoom(version).joined(BOB).without(AuthTypes.POWER_LEVELS, "");

        assertAllowed(room, room.message(MESSAGE).by(BOB));
        assertDenied(room, room.state("m.room.topic", "").by(BOB), "7", "8");
        assertAllowed(room, room.state("m.room.topic", "").by(ALICE));
    }

    @EveryVersion
    void rule9DeniesAStateKeyOfAnotherUser(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 100);

        assertAllowed(room, room.state("org.example.status", BOB).by(BOB));
        assertAllowed(room, room.state("org.example.status", "bob").by(BOB));
        assertDenied(room, room.state("org.example.status", ALICE).by(BOB), "8", "9");
        assertDenied(room, room.state("org.example.status", "@").by(BOB), "8", "9");
        assertDenied(room, room.state("org.example.status", BOB).by(ALICE), "8", "9");
    }

    @EveryVersion
    void rule11AllowsEverythingElse(String version) {
        var room = publicRoom(version).joined(BOB);

        assertAllowed(room, room.message("org.example.anything").by(BOB));
    }

    @Versions.WithoutAliasesRule
    void aliasesAreNothingSpecialSinceVersion6(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 50);

        assertAllowed(room, room.message(AuthTypes.ALIASES).by(BOB));
        assertAllowed(room, room.state(AuthTypes.ALIASES, "alpha").by(BOB));
        room.level("users", BOB, 49);
        assertDenied(room, room.state(AuthTypes.ALIASES, "beta").by(BOB), "7", "8");
    }

    /// From room version 3 on, the redact level is no matter of these rules.
    @Versions.WithoutRedactionRule
    void aRedactionIsAllowedWhateverTheRedactLevel(String version) {
        var room = publicRoom(version).joined(BOB).level("redact", 100);

        assertAllowed(room, room.message("m.room.redaction").by(BOB));
        room.level("events", "m.room.redaction", 1);
        assertDenied(room, room.message("m.room.redaction").by(BOB), "7", "8");
    }

    private static RoomFixture unfederated(String version, String federate) {
        return publicRoom(version)
                .createContent("{'creator': '@alice:alpha', 'm.federate': " + federate + "}");
    }
}
