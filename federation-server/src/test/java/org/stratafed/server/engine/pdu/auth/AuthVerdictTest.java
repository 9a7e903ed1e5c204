package org.stratafed.server.engine.pdu.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;

import org.junit.jupiter.api.Test;
import org.stratafed.server.engine.pdu.auth.AuthVerdict.Denied;

class AuthVerdictTest {

    @Test
    void aReasonIsOneLineOfBoundedLength() {
        var denied = new Denied("1", "a\nb\u0000" + "\uD83D\uDC4B".repeat(2_000));

        assertThat(denied.reason()).startsWith("a\uFFFDb\uFFFD\uD83D\uDC4B");
        assertThat(denied.reason().length()).isBetween(Denied.REASON_CHARS_MAX, 1_001);
        assertThat(denied.reason()).endsWith("\uD83D\uDC4B");
    }

    @Test
    void whatAPeerMadeUpCannotMakeAReasonLong() {
        var room = publicRoom("12");
        var create = room.createEvent().content("room_version", "9".repeat(50_000));

        assertThat(room.check(create))
                .isInstanceOfSatisfying(
                        Denied.class, denied -> assertThat(denied.reason()).hasSizeLessThan(1_002));
    }

    @Test
    void aVerdictSaysWhetherItAllows() {
        assertThat(AuthVerdict.ALLOWED.isAllowed()).isTrue();
        assertThat(new Denied("1", "No.").isAllowed()).isFalse();
    }
}
