package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertAllowed;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertDenied;

import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.json.JsonString;

/// Rule 11 of room versions 1 and 2.
class RedactionRulesTest {

    private static final String BOB = "@bob:beta";
    private static final EventId OF_BETA = new EventId("$redaction:beta");

    @Versions.WithRedactionRule
    void rule11p1AllowsWhoHasTheRedactLevel(String version) {
        var room = publicRoom(version).joinedWithPower(BOB, 30).level("redact", 30);

        assertAllowed(room, redaction(room, "$target:alpha"));
        room.level("redact", 31);
        assertDenied(room.check(redaction(room, "$target:alpha")), "11.3");
    }

    @Versions.WithRedactionRule
    void rule11p2AllowsWhatHasAnIdOfTheSameServer(String version) {
        var room = publicRoom(version).joined(BOB);

        assertAllowed(room, redaction(room, "$target:beta"));
        assertDenied(room.check(redaction(room, "$target:beta:8448")), "11.3");
    }

    @Versions.WithRedactionRule
    void rule11p3DeniesAnotherServersAndWhatHasNoServer(String version) {
        var room = publicRoom(version).joined(BOB);

        assertDenied(room.check(redaction(room, "$target:alpha")), "11.3");
        assertDenied(room.check(redaction(room, "$target")), "11.3");
        assertDenied(room.check(redaction(room, "")), "11.3");
    }

    /// What it takes to send the redaction itself is asked first.
    @Versions.WithRedactionRule
    void rule8DeniesARedactionThatIsNotTheSendersToSend(String version) {
        var room = publicRoom(version).joined(BOB).level("events", AuthTypes.REDACTION, 1);

        assertDenied(room.check(redaction(room, "$target:beta")), "8");
    }

    /// A decision: by the letter nothing has no server, and so none in common. Deployed servers
    /// let it pass, since it redacts nothing.
    @Versions.WithRedactionRule
    void aRedactionOfNothingIsAllowed(String version) {
        var room = publicRoom(version).joined(BOB);

        assertAllowed(room, room.message(AuthTypes.REDACTION).by(BOB));
    }

    private static EventFixture redaction(RoomFixture room, String target) {
        return room.message(AuthTypes.REDACTION)
                .by(BOB)
                .id(OF_BETA)
                .field("redacts", new JsonString(target));
    }
}
