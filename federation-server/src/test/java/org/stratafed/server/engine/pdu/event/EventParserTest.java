package org.stratafed.server.engine.pdu.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratafed.server.engine.pdu.event.TestEvents.V10;
import static org.stratafed.server.engine.pdu.event.TestEvents.V11;
import static org.stratafed.server.engine.pdu.event.TestEvents.V12;
import static org.stratafed.server.engine.pdu.event.TestEvents.json;

import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersionRules;

class EventParserTest {

    @Test
    void theEventSaysWhatItsJsonSays() {
        JsonObject json = TestEvents.signedMessage(V11);
        Pdu pdu = parsed(V11, json);
        assertThat(pdu.json()).isEqualTo(json);
        assertThat(pdu.id()).isEqualTo(ReferenceHash.eventId(V11, json));
        assertThat(pdu.roomId()).isEqualTo(new RoomId("!r:domain"));
        assertThat(pdu.prevEvents())
                .containsExactly(new EventId("$oFAil2fHTGY66j9PIsC3hnc-_6r2SQGxCzd1_FUgtOE"));
        assertThat(pdu.authEvents()).isEqualTo(pdu.prevEvents());
        assertThat(pdu.redacts()).isEmpty();
    }

    @Test
    void whatIsNoEventIsRefusedAtTheFirstCheck() {
        var parsed = EventParser.parse(V11, new RawPdu(json("{'type': 'x'}")));
        assertThat(parsed)
                .isInstanceOfSatisfying(
                        ParsedPdu.NotAnEvent.class,
                        it -> {
                            assertThat(it.refusal().check()).isEqualTo(PduCheck.FORMAT);
                            assertThat(it.refusal().reason()).contains("sender");
                        });
    }

    @Test
    void unsignedIsLeftOut() {
        JsonObject json = TestEvents.signedMessage(V11);
        Pdu pdu = parsed(V11, json.with("unsigned", json("{'age': 1.5}")));
        assertThat(pdu.json()).isEqualTo(json);
        assertThat(pdu).isEqualTo(parsed(V11, json));
    }

    @Test
    void keysNobodyKnowsAreKeptSinceTheContentHashIsOverThem() {
        JsonObject json = TestEvents.message(V11).with("org.example.x", new JsonString("y"));
        Pdu pdu = parsed(V11, TestEvents.signed(V11, json));
        assertThat(pdu.json().string("org.example.x")).contains("y");
        assertThat(ContentHash.matches(pdu.json())).isTrue();
    }

    @Test
    void signaturesAndUnsignedAreNoPartOfTheId() {
        JsonObject json = TestEvents.signedMessage(V12);
        EventId id = parsed(V12, json).id();
        assertThat(parsed(V12, json.with("signatures", json("{}"))).id()).isEqualTo(id);
        assertThat(parsed(V12, json.with("unsigned", json("{'x': 1}"))).id()).isEqualTo(id);
        assertThat(parsed(V12, json.with("hashes", json("{'sha256': ''}"))).id()).isNotEqualTo(id);
    }

    @Test
    void upToVersion10ARedactionNamesItsTargetBesideItsContent() {
        JsonObject redaction = redaction("{'redacts': '$content'}", "$top");
        assertThat(parsed(V10, redaction).redacts()).contains(new EventId("$top"));
        assertThat(parsed(V11, redaction).redacts()).contains(new EventId("$content"));
    }

    @Test
    void aRedactionMayNameNoTargetOrNonsense() {
        assertThat(parsed(V10, redaction("{}", "nonsense")).redacts()).isEmpty();
        assertThat(parsed(V11, redaction("{}", "$top")).redacts()).isEmpty();
        assertThat(parsed(V11, redaction("{'redacts': 1}", "$top")).redacts()).isEmpty();
    }

    @Test
    void onlyRedactionsRedact() {
        JsonObject message =
                redaction("{'redacts': '$content'}", "$top")
                        .with("type", new JsonString("m.room.message"));
        assertThat(parsed(V10, message).redacts()).isEmpty();
        assertThat(parsed(V11, message).redacts()).isEmpty();
    }

    /// A create event that isn't the room's is never authorised, but needs the ID that other
    /// servers give it.
    @Test
    void inVersion12ACreateEventsRoomIdIsNoPartOfItsId() {
        JsonObject json =
                TestEvents.message(V12)
                        .with("type", new JsonString("m.room.create"))
                        .with("state_key", new JsonString("not the room's"));
        JsonObject elsewhere = json.with("room_id", new JsonString("!" + "A".repeat(43)));
        assertThat(ReferenceHash.eventId(V12, json))
                .isEqualTo(ReferenceHash.eventId(V12, elsewhere));
        assertThat(ReferenceHash.eventId(V11, json))
                .isNotEqualTo(ReferenceHash.eventId(V11, elsewhere));
    }

    @Test
    void jsonThatWasNeverCheckedIsADefectOfOurs() {
        JsonObject json = TestEvents.signedMessage(V11);
        for (String key : new String[] {"room_id", "prev_events", "auth_events", "sender"}) {
            assertThatThrownBy(() -> EventParser.event(V11, json.without(key)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> ReferenceHash.roomId(V11, json))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonObject redaction(String content, String redacts) {
        return TestEvents.signedMessage(V11)
                .with("type", new JsonString("m.room.redaction"))
                .with("content", json(content))
                .with("redacts", new JsonString(redacts));
    }

    private static Pdu parsed(RoomVersionRules rules, JsonObject json) {
        return switch (EventParser.parse(rules, new RawPdu(json))) {
            case ParsedPdu.Parsed(var pdu) -> pdu;
            case ParsedPdu.NotAnEvent(var refusal) -> throw new AssertionError(refusal.reason());
        };
    }
}
