package org.stratafed.server.client.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;

class ClientEventsTest {

    private static final String TARGET = "$target";

    private final ClientEvents events = new ClientEvents(5_000);

    @Test
    void whatOnlyServersNeedIsLeftOut() {
        JsonObject event = events.event(TimelineEvent.of(pdu("m.room.message", "{\"n\": 1.0}")));

        assertThat(event)
                .isEqualTo(
                        json(
                                """
                                {"type": "m.room.message", "event_id": "$e", "sender": "@a:x",
                                 "origin_server_ts": 2000, "room_id": "!r:x",
                                 "content": {"n": 1.0}, "unsigned": {"age": 3000}}
                                """));
    }

    @Test
    void aStateEventHasItsKeyAndWhatItReplaced() {
        Pdu pdu = pdu("m.room.name", "{}", ", \"state_key\": \"\"", Optional.empty());
        var shown =
                new TimelineEvent(
                        pdu,
                        OptionalLong.empty(),
                        Optional.of(new TransactionId("t1")),
                        Optional.of(json("{\"name\": \"old\"}")),
                        Optional.empty(),
                        Optional.of("join"));

        JsonObject event = events.event(shown);

        assertThat(event.string("state_key")).contains("");
        assertThat(event.object("unsigned").orElseThrow())
                .isEqualTo(
                        json(
                                """
                                {"age": 3000, "transaction_id": "t1",
                                 "prev_content": {"name": "old"}, "membership": "join"}
                                """));
    }

    @Test
    void inASyncAnEventHasNoRoom() {
        var list = events.eventsOfRoom(List.of(TimelineEvent.of(pdu("m.room.message", "{}"))));

        assertThat(list.objects().getFirst().has("room_id")).isFalse();
    }

    @Test
    void whatARedactionRedactsIsInBothPlacesInEitherForm() {
        Pdu old =
                pdu(
                        "m.room.redaction",
                        "{\"reason\": \"spam\"}",
                        ", \"redacts\": \"$target\"",
                        Optional.of(new EventId(TARGET)));
        Pdu current =
                pdu(
                        "m.room.redaction",
                        "{\"redacts\": \"$target\"}",
                        "",
                        Optional.of(new EventId(TARGET)));

        for (Pdu redaction : List.of(old, current)) {
            JsonObject event = events.event(TimelineEvent.of(redaction));
            assertThat(event.string("redacts")).contains(TARGET);
            assertThat(event.object("content").orElseThrow().string("redacts")).contains(TARGET);
        }
    }

    @Test
    void aRedactedEventSaysWhy() {
        Pdu redaction = pdu("m.room.redaction", "{}", "", Optional.of(new EventId(TARGET)));
        var shown =
                new TimelineEvent(
                        pdu("m.room.message", "{}"),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(redaction),
                        Optional.empty());

        JsonObject because =
                events.event(shown)
                        .object("unsigned")
                        .flatMap(it -> it.object("redacted_because"))
                        .orElseThrow();

        assertThat(because.string("type")).contains("m.room.redaction");
        assertThat(because.string("redacts")).contains(TARGET);
    }

    private static Pdu pdu(String type, String content) {
        return pdu(type, content, "", Optional.empty());
    }

    private static Pdu pdu(String type, String content, String more, Optional<EventId> redacts) {
        JsonObject json =
                json(
                        """
                        {"type": "%s", "sender": "@a:x", "room_id": "!r:x", "depth": 3,
                         "origin_server_ts": 2000, "prev_events": [], "auth_events": [],
                         "hashes": {"sha256": "x"}, "signatures": {"x": {"ed25519:1": "s"}},
                         "unsigned": {"age_ts": 1, "evil": true}, "content": %s%s}
                        """
                                .formatted(type, content, more));
        return new Pdu(new EventId("$e"), new RoomId("!r:x"), json, List.of(), List.of(), redacts);
    }

    private static JsonObject json(String text) {
        return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
    }
}
