package org.stratafed.server.engine.pdu.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.pdu.event.TestEvents.ALL;
import static org.stratafed.server.engine.pdu.event.TestEvents.SIGNATURES;
import static org.stratafed.server.engine.pdu.event.TestEvents.V11;
import static org.stratafed.server.engine.pdu.event.TestEvents.V12;
import static org.stratafed.server.engine.pdu.event.TestEvents.json;
import static org.stratafed.server.engine.pdu.event.TestEvents.keys;

import org.junit.jupiter.api.Test;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersionRules;

/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#pdus">
///     Checks performed on receipt of a PDU</a>
class PduReceiptTest {

    @Test
    void anEventAsItsSenderSentItIsSound() {
        for (RoomVersionRules rules : ALL) {
            JsonObject json = TestEvents.signedMessage(rules);
            var sound = sound(rules, json);
            assertThat(sound.redacted()).isFalse();
            assertThat(sound.pdu().json()).isEqualTo(json);
        }
    }

    @Test
    void withAnotherContentThanHashedItIsRedactedAndTheSameEventStill() {
        for (RoomVersionRules rules : ALL) {
            JsonObject json = TestEvents.signedMessage(rules);
            var sound = sound(rules, json.with("content", json("{'body': 'tampered with'}")));
            assertThat(sound.redacted()).isTrue();
            assertThat(sound.pdu().json()).isEqualTo(Redaction.redact(rules, json));
            assertThat(sound.pdu().content().isEmpty()).isTrue();
            assertThat(sound.pdu().id()).isEqualTo(sound(rules, json).pdu().id());
            assertThat(sound.pdu().roomId()).isEqualTo(sound(rules, json).pdu().roomId());
        }
    }

    @Test
    void aRedactedCopyIsTakenAsOne() {
        for (RoomVersionRules rules : ALL) {
            JsonObject redacted = Redaction.redact(rules, TestEvents.signedMessage(rules));
            var sound = sound(rules, redacted);
            assertThat(sound.redacted()).isTrue();
            assertThat(sound.pdu().json()).isEqualTo(redacted);
        }
    }

    @Test
    void aRedactedCopyPassesAgain() {
        JsonObject member =
                TestEvents.signed(
                        V11, TestEvents.member(V11, "{'membership': 'join', 'displayname': 'A'}"));
        var once = sound(V11, member.with("content", json("{'membership': 'join'}")));
        assertThat(sound(V11, once.pdu().json())).isEqualTo(once);
    }

    @Test
    void aBadlySignedEventIsRefusedByItsId() {
        for (RoomVersionRules rules : ALL) {
            JsonObject json = TestEvents.signedMessage(rules);
            EventId id = ReferenceHash.eventId(rules, json);
            var refused = refused(rules, json.with("signatures", json("{'domain': {}}")), keys());
            assertThat(refused.id()).contains(id);
            assertThat(refused.refusal().check()).isEqualTo(PduCheck.SIGNATURES);
            assertThat(refused(rules, json, KeyBook.empty()).refusal().reason()).contains("domain");
        }
    }

    @Test
    void whatIsNoEventIsRefusedWithoutAnId() {
        var refused = refused(V11, TestEvents.signedMessage(V11).without("depth"), keys());
        assertThat(refused.id()).isEmpty();
        assertThat(refused.refusal().check()).isEqualTo(PduCheck.FORMAT);
    }

    /// Its room ID stays in it though it is no part of what is signed: it says what room to
    /// reject the event in.
    @Test
    void aSecondCreateEventThatHasToBeRedactedKeepsItsRoomId() {
        JsonObject create =
                TestEvents.message(V12)
                        .with("type", new JsonString("m.room.create"))
                        .with("state_key", new JsonString("second"));
        JsonObject signed = TestEvents.signed(V12, create);
        var sound = sound(V12, signed.with("added.later", new JsonString("x")));
        assertThat(sound.redacted()).isTrue();
        assertThat(sound.pdu().roomId()).isEqualTo(sound(V12, signed).pdu().roomId());
        assertThat(sound.pdu().id()).isEqualTo(sound(V12, signed).pdu().id());
    }

    @Test
    void whatABackfillBroughtMayCiteAnyNumberOfEvents() {
        var ids = "['$a','$a','$a','$a','$a','$a','$a','$a','$a','$a','$a']";
        JsonObject json =
                TestEvents.signed(
                        V11,
                        TestEvents.message(V11)
                                .with(
                                        "auth_events",
                                        json("{'x': %s}".formatted(ids)).get("x").orElseThrow()));
        var raw = new RawPdu(json);
        assertThat(PduReceipt.check(V11, raw, keys(), SIGNATURES))
                .isInstanceOf(ReceivedPdu.Refused.class);
        assertThat(PduReceipt.checkBackfilled(V11, raw, keys(), SIGNATURES))
                .isInstanceOf(ReceivedPdu.Sound.class);
    }

    private static ReceivedPdu.Sound sound(RoomVersionRules rules, JsonObject json) {
        return switch (PduReceipt.check(rules, new RawPdu(json), keys(), SIGNATURES)) {
            case ReceivedPdu.Sound sound -> sound;
            case ReceivedPdu.Refused refused -> throw new AssertionError(refused.refusal());
        };
    }

    private static ReceivedPdu.Refused refused(
            RoomVersionRules rules, JsonObject json, KeyBook keys) {
        return switch (PduReceipt.check(rules, new RawPdu(json), keys, SIGNATURES)) {
            case ReceivedPdu.Refused refused -> refused;
            case ReceivedPdu.Sound sound -> throw new AssertionError(sound.pdu());
        };
    }
}
