package org.stratafed.server.engine.pdu.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.pdu.event.FormatAssertions.ALL;
import static org.stratafed.server.engine.pdu.event.FormatAssertions.STRICT;
import static org.stratafed.server.engine.pdu.event.FormatAssertions.assertAllPass;
import static org.stratafed.server.engine.pdu.event.FormatAssertions.assertAllRefuse;
import static org.stratafed.server.engine.pdu.event.FormatAssertions.assertPasses;
import static org.stratafed.server.engine.pdu.event.FormatAssertions.assertRefused;
import static org.stratafed.server.engine.pdu.event.FormatAssertions.message;
import static org.stratafed.server.engine.pdu.event.TestEvents.json;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.RoomVersionRules;

/// Each limit, at it and one over it.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#size-limits">Size limits</a>
class EventLimitsTest {

    @Test
    void sizesAreInBytesOfUtf8() {
        String twoBytes = "é";
        for (String key : List.of("type", "state_key")) {
            assertAllPass(rules -> message(rules, key, "'" + twoBytes.repeat(127) + "x'"));
            assertAllRefuse(rules -> message(rules, key, "'" + twoBytes.repeat(128) + "'"), key);
            assertAllPass(rules -> message(rules, key, "'" + "x".repeat(255) + "'"));
            assertAllRefuse(rules -> message(rules, key, "'" + "x".repeat(256) + "'"), key);
        }
    }

    @Test
    void senderIsAtMost255Bytes() {
        int left = 255 - "@:domain".length();
        assertAllPass(rules -> message(rules, "sender", sender("x".repeat(left))));
        assertAllRefuse(rules -> message(rules, "sender", sender("x".repeat(left + 1))), "sender");
        assertAllRefuse(
                rules -> message(rules, "sender", sender("é".repeat(left / 2 + 1))), "sender");
    }

    @Test
    void roomIdIsAtMost255Bytes() {
        int left = 255 - "!:domain".length();
        for (RoomVersionRules rules : ALL.subList(0, 11)) {
            assertPasses(rules, message(rules, "room_id", room("x".repeat(left))));
            assertRefused(rules, message(rules, "room_id", room("x".repeat(left + 1))), "room_id");
        }
    }

    @Test
    void theWholeEventIsAtMost65536Bytes() {
        for (RoomVersionRules rules : ALL) {
            JsonObject empty = withBody(TestEvents.signedMessage(rules), "");
            int left = EventFormat.EVENT_BYTES_MAX - canonicalSize(empty);
            assertPasses(rules, withBody(empty, "x".repeat(left)));
            assertRefused(rules, withBody(empty, "x".repeat(left + 1)), "too large");
            assertRefused(rules, withBody(empty, "é".repeat(left / 2 + 1)), "too large");
            // Escaped, each is six bytes.
            assertRefused(rules, withBody(empty, "\u0001".repeat(left / 6 + 1)), "too large");
        }
    }

    @Test
    void signaturesCountInTheSizeAndUnsignedDoesNot() {
        for (RoomVersionRules rules : ALL) {
            JsonObject empty = withBody(TestEvents.signedMessage(rules), "");
            int left = EventFormat.EVENT_BYTES_MAX - canonicalSize(empty);
            JsonObject full = withBody(empty, "x".repeat(left));
            JsonValue signatures = full.object("signatures").orElseThrow().with("b", json("{}"));
            assertRefused(rules, full.with("signatures", signatures), "too large");
            assertPasses(
                    rules, full.with("unsigned", json("{'x': '%s'}".formatted("x".repeat(99)))));
        }
    }

    @Test
    void thereAreAtMostTwentyPrevEventsAndTenAuthEvents() {
        assertAllPass(rules -> message(rules, "prev_events", ids(rules, 20)));
        assertAllRefuse(rules -> message(rules, "prev_events", ids(rules, 21)), "prev_events");
        assertAllPass(rules -> message(rules, "auth_events", ids(rules, 10)));
        assertAllRefuse(rules -> message(rules, "auth_events", ids(rules, 11)), "auth_events");
    }

    @Test
    void whatABackfillBroughtMayCiteAnyNumberOfEvents() {
        for (RoomVersionRules rules : ALL) {
            JsonObject event = message(rules, "prev_events", ids(rules, 21));
            JsonObject both = event.with("auth_events", event.get("prev_events").orElseThrow());
            assertThat(EventFormat.checkBackfilled(rules, both)).isEmpty();
            assertThat(EventFormat.checkBackfilled(rules, both.without("sender"))).isPresent();
        }
    }

    @Test
    void depthEndsWithCanonicalIntegersSinceVersion6AndWith64BitsBefore() {
        assertAllPass(rules -> message(rules, "depth", "9007199254740991"));
        for (RoomVersionRules rules : STRICT) {
            assertRefused(rules, message(rules, "depth", "9007199254740992"), "canonical");
        }
        for (RoomVersionRules rules : ALL.subList(0, 5)) {
            assertPasses(rules, message(rules, "depth", "9223372036854775807"));
            assertRefused(rules, message(rules, "depth", "9223372036854775808"), "depth");
        }
    }

    @Test
    void anEventsIdIsAtMost255Bytes() {
        int left = 255 - "$:domain".length();
        for (RoomVersionRules rules : ALL.subList(0, 2)) {
            assertPasses(rules, message(rules, "event_id", eventId(left)));
            assertRefused(rules, message(rules, "event_id", eventId(left + 1)), "event_id");
        }
    }

    private static String eventId(int opaqueChars) {
        return "'$%s:domain'".formatted("x".repeat(opaqueChars));
    }

    private static JsonObject withBody(JsonObject event, String body) {
        return event.with("content", JsonObject.builder().put("body", body).build());
    }

    private static int canonicalSize(JsonObject event) {
        return CanonicalJson.encode(event).length;
    }

    private static String sender(String localpart) {
        return "'@%s:domain'".formatted(localpart);
    }

    private static String room(String opaque) {
        return "'!%s:domain'".formatted(opaque);
    }

    private static String ids(RoomVersionRules rules, int count) {
        String id = rules.eventIdFormat().isReferenceHash() ? "'$%d'" : "['$%d', {}]";
        var ids = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            ids.append(i == 0 ? "" : ",").append(id.formatted(i));
        }
        return ids.append("]").toString();
    }
}
