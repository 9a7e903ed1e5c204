package org.stratafed.server.engine.pdu.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.ALICE;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.json;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;

class AuthEventSelectionTest {

    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";

    private static final StateKeyTuple JOIN_RULES = new StateKeyTuple(AuthTypes.JOIN_RULES, "");

    @EveryVersion
    void aCreateEventNeedsNothing(String version) {
        assertThat(select(version, AuthTypes.CREATE, Optional.of(""), "{}")).isEmpty();
    }

    @EveryVersion
    void aMessageNeedsThePowerLevelsAndItsSender(String version) {
        assertSelected(version, select(version, "m.room.message", Optional.empty(), "{}"));
    }

    @EveryVersion
    void stateNeedsNoMoreThanAMessage(String version) {
        assertSelected(version, select(version, "m.room.topic", Optional.of(""), "{}"));
        assertSelected(version, select(version, AuthTypes.POWER_LEVELS, Optional.of(""), "{}"));
    }

    @EveryVersion
    void aJoinNeedsTheJoinRules(String version) {
        assertSelected(version, member(version, BOB, "{'membership': 'join'}"), JOIN_RULES);
    }

    @Versions.WithRestrictedJoins
    void aVouchedJoinNeedsTheVoucher(String version) {
        var content = "{'membership': 'join', 'join_authorised_via_users_server': '%s'}";

        assertSelected(
                version,
                member(version, BOB, content.formatted(CAROL)),
                JOIN_RULES,
                memberOf(CAROL));
        assertSelected(version, member(version, BOB, content.formatted(BOB)), JOIN_RULES);
    }

    @Versions.WithoutRestrictedJoins
    void aJoinNeedsNoVoucherBeforeVersion8(String version) {
        var content = "{'membership': 'join', 'join_authorised_via_users_server': '%s'}";

        assertSelected(version, member(version, BOB, content.formatted(CAROL)), JOIN_RULES);
    }

    @EveryVersion
    void aVoucherMattersForJoinsOnly(String version) {
        var content = "{'membership': 'leave', 'join_authorised_via_users_server': '%s'}";

        assertSelected(version, member(version, BOB, content.formatted(CAROL)));
    }

    @EveryVersion
    void anInviteNeedsTheTargetAndTheJoinRules(String version) {
        assertSelected(
                version,
                member(version, ALICE, "{'membership': 'invite'}"),
                memberOf(ALICE),
                JOIN_RULES);
    }

    @EveryVersion
    void anInviteOfAnAddressNeedsItsInvitation(String version) {
        assertSelected(
                version,
                member(
                        version,
                        ALICE,
                        "{'membership': 'invite', 'third_party_invite':"
                                + " {'signed': {'token': 'secret'}}}"),
                memberOf(ALICE),
                JOIN_RULES,
                new StateKeyTuple(AuthTypes.THIRD_PARTY_INVITE, "secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{'signed': []}",
                "{'signed': {}}",
                "{'signed': {'token': 1}}"
            })
    void anInviteOfAnAddressWithoutATokenNeedsNoInvitation(String thirdPartyInvite) {
        var content =
                "{'membership': 'invite', 'third_party_invite': %s}".formatted(thirdPartyInvite);

        assertSelected("12", member("12", ALICE, content), memberOf(ALICE), JOIN_RULES);
    }

    @EveryVersion
    void aKnockNeedsTheJoinRules(String version) {
        assertSelected(version, member(version, BOB, "{'membership': 'knock'}"), JOIN_RULES);
    }

    @EveryVersion
    void aKickAndABanNeedTheTarget(String version) {
        assertSelected(version, member(version, ALICE, "{'membership': 'leave'}"), memberOf(ALICE));
        assertSelected(version, member(version, ALICE, "{'membership': 'ban'}"), memberOf(ALICE));
    }

    @EveryVersion
    void whatIsNotKnownNeedsTheTarget(String version) {
        assertSelected(version, member(version, ALICE, "{}"), memberOf(ALICE));
        assertSelected(version, member(version, ALICE, "{'membership': 'dance'}"), memberOf(ALICE));
    }

    @EveryVersion
    void anEventIsReadLikeItsParts(String version) {
        var room = publicRoom(version);
        var join = room.member(BOB, "join").build();

        assertThat(AuthEventSelection.select(room.rules(), join))
                .isEqualTo(member(version, BOB, "{'membership': 'join'}"));
    }

    private static SequencedSet<StateKeyTuple> member(
            String version, String target, String content) {
        return select(version, AuthTypes.MEMBER, Optional.of(target), content);
    }

    private static SequencedSet<StateKeyTuple> select(
            String version, String type, Optional<String> stateKey, String content) {
        return AuthEventSelection.select(
                publicRoom(version).rules(), type, stateKey, new UserId(BOB), json(content));
    }

    private static StateKeyTuple memberOf(String user) {
        return new StateKeyTuple(AuthTypes.MEMBER, user);
    }

    /// What every event by Bob needs, and these.
    private static void assertSelected(
            String version, SequencedSet<StateKeyTuple> selected, StateKeyTuple... more) {
        var expected = new ArrayList<StateKeyTuple>();
        if (!version.equals("12")) {
            expected.add(new StateKeyTuple(AuthTypes.CREATE, ""));
        }
        expected.add(new StateKeyTuple(AuthTypes.POWER_LEVELS, ""));
        expected.add(memberOf(BOB));
        expected.addAll(List.of(more));
        assertThat(selected).containsExactlyElementsOf(expected);
    }
}
