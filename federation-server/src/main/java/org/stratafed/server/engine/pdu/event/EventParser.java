package org.stratafed.server.engine.pdu.event;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;

/// Reads JSON as an event of a room version, and gives it its ID.
///
/// `unsigned` is left out of the event: no hash and no signature covers it, so what a peer put
/// there is hearsay, of any size.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#event-format">Event format</a>
public final class EventParser {

    private static final String REDACTION = "m.room.redaction";

    private EventParser() {}

    public static ParsedPdu parse(RoomVersionRules rules, RawPdu raw) {
        return read(rules, raw, EventFormat.check(rules, raw.json()));
    }

    /// The same for events that a backfill brought, which may cite any number of others.
    public static ParsedPdu parseBackfilled(RoomVersionRules rules, RawPdu raw) {
        return read(rules, raw, EventFormat.checkBackfilled(rules, raw.json()));
    }

    /// Reads JSON that is known to have the format, such as what this server made itself.
    public static Pdu event(RoomVersionRules rules, JsonObject json) {
        JsonObject event = json.without("unsigned");
        return known(rules, ReferenceHash.eventId(rules, event), event);
    }

    /// Reads an event again of which the ID is known, from its own JSON.
    public static Pdu known(RoomVersionRules rules, EventId id, JsonObject event) {
        return new Pdu(
                id,
                roomId(rules, event, id),
                event,
                citations(rules, event, "prev_events"),
                citations(rules, event, "auth_events"),
                redacts(rules, event));
    }

    private static ParsedPdu read(RoomVersionRules rules, RawPdu raw, Optional<String> whyNoEvent) {
        if (whyNoEvent.isPresent()) {
            return new ParsedPdu.NotAnEvent(new Refusal(PduCheck.FORMAT, whyNoEvent.get()));
        }
        return new ParsedPdu.Parsed(event(rules, raw.json()));
    }

    private static RoomId roomId(RoomVersionRules rules, JsonObject event, EventId id) {
        if (rules.roomIdIsCreateHash() && EventFormat.isCreate(event)) {
            return RoomId.ofCreateEvent(id);
        }
        return event.string("room_id")
                .map(RoomId::new)
                .orElseThrow(() -> new IllegalArgumentException("not an event: no room_id"));
    }

    private static List<EventId> citations(RoomVersionRules rules, JsonObject event, String key) {
        return Citations.of(rules, event, key)
                .orElseThrow(() -> new IllegalArgumentException("not an event: no " + key));
    }

    private static Optional<EventId> redacts(RoomVersionRules rules, JsonObject event) {
        if (event.string("type").filter(REDACTION::equals).isEmpty()) {
            return Optional.empty();
        }
        Optional<JsonObject> where =
                rules.redactsInContent() ? event.object("content") : Optional.of(event);
        return where.flatMap(object -> object.string("redacts")).flatMap(EventId::parse);
    }
}
