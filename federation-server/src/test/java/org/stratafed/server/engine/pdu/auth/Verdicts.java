package org.stratafed.server.engine.pdu.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.stratafed.server.engine.pdu.auth.AuthVerdict.Denied;

/// What tests say about verdicts.
final class Verdicts {

    private Verdicts() {}

    static void assertAllowed(RoomFixture room, EventFixture event) {
        assertAllowed(room.check(event));
    }

    static void assertAllowed(AuthVerdict verdict) {
        assertThat(verdict).isEqualTo(AuthVerdict.ALLOWED);
    }

    /// @param rule11 the rule's number in the texts of room versions 10 and 11, from which that in
    ///     older texts is looked up
    /// @param rule12 the rule's number in the text of room version 12
    static void assertDenied(RoomFixture room, EventFixture event, String rule11, String rule12) {
        assertDenied(room, room.check(event), rule11, rule12);
    }

    static void assertDenied(RoomFixture room, AuthVerdict verdict, String rule11, String rule12) {
        var version = room.rules().version().id();
        assertDenied(
                verdict, version.equals("12") ? rule12 : RuleNumbersTable.number(version, rule11));
    }

    static void assertDenied(AuthVerdict verdict, String rule) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Denied.class,
                        denied -> {
                            assertThat(denied.rule()).as(denied.reason()).isEqualTo(rule);
                            assertThat(denied.reason()).endsWith(".").hasSizeGreaterThan(20);
                        });
    }
}
