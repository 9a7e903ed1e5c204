package org.stratafed.server.client.format;

import java.util.List;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;

/// Events as clients get them, which is not how servers exchange or sign them.
///
/// @param now in milliseconds since the epoch, for the events' age
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#room-event-format">Room event
///     format</a>
public record ClientEvents(long now) {

    private static final String REDACTION = "m.room.redaction";
    private static final String REDACTS = "redacts";

    /// An event with the room it is in.
    public JsonObject event(TimelineEvent event) {
        return written(event.pdu(), unsigned(event), true);
    }

    public JsonArray events(List<TimelineEvent> events) {
        return JsonArray.of(events.stream().map(this::event).toList());
    }

    /// Events where it is clear which room they are in, as in a sync.
    public JsonArray eventsOfRoom(List<TimelineEvent> events) {
        return JsonArray.of(
                events.stream()
                        .map(event -> written(event.pdu(), unsigned(event), false))
                        .toList());
    }

    private JsonObject unsigned(TimelineEvent event) {
        var unsigned = unsigned(event.pdu());
        event.transaction().ifPresent(id -> unsigned.put("transaction_id", id.value()));
        unsigned.putIfPresent("prev_content", event.previousContent());
        event.redactedBecause()
                .ifPresent(
                        redaction ->
                                unsigned.put(
                                        "redacted_because",
                                        written(redaction, unsigned(redaction).build(), true)));
        event.membership().ifPresent(membership -> unsigned.put("membership", membership));
        return unsigned.build();
    }

    /// What other servers say in `unsigned` is theirs alone, and isn't shown.
    private JsonObject.Builder unsigned(Pdu pdu) {
        return JsonObject.builder().put("age", now - pdu.originServerTs());
    }

    private static JsonObject written(Pdu pdu, JsonObject unsigned, boolean withRoom) {
        var json =
                JsonObject.builder()
                        .put("type", pdu.type())
                        .put("event_id", pdu.id().value())
                        .put("sender", pdu.sender().value())
                        .put("origin_server_ts", pdu.originServerTs());
        if (withRoom) {
            json.put("room_id", pdu.roomId().value());
        }
        pdu.stateKey().ifPresent(key -> json.put("state_key", key));
        json.put("content", content(pdu));
        if (isRedaction(pdu)) {
            json.put(REDACTS, pdu.redacts().orElseThrow().value());
        }
        return json.put("unsigned", unsigned).build();
    }

    /// Wherever the room version has what a redaction redacts, clients find it in both places.
    private static JsonObject content(Pdu pdu) {
        return isRedaction(pdu) && !pdu.content().has(REDACTS)
                ? JsonObject.builder()
                        .putAll(pdu.content())
                        .put(REDACTS, pdu.redacts().orElseThrow().value())
                        .build()
                : pdu.content();
    }

    private static boolean isRedaction(Pdu pdu) {
        return pdu.type().equals(REDACTION) && pdu.redacts().isPresent();
    }
}
