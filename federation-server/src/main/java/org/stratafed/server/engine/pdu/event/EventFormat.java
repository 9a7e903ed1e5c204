package org.stratafed.server.engine.pdu.event;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.RoomVersionRules;

/// The form an event must have in its room version: the first of the checks on receipt.
///
/// It refuses what no server keeps and nothing else, since an event that some servers have and
/// others don't leaves a hole in the room that never closes. `unsigned` is anybody's to change,
/// so nothing in it counts.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#event-format">Event format</a>
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#size-limits">Size limits</a>
public final class EventFormat {

    public static final int EVENT_BYTES_MAX = 65_536;
    public static final int TYPE_BYTES_MAX = 255;
    public static final int STATE_KEY_BYTES_MAX = 255;
    public static final int PREV_EVENTS_MAX = 20;
    public static final int AUTH_EVENTS_MAX = 10;

    private EventFormat() {}

    /// Why this is no event of the room version, or empty if it is one.
    public static Optional<String> check(RoomVersionRules rules, JsonObject event) {
        return checkBackfilled(rules, event)
                .or(() -> tooMany(event, "prev_events", PREV_EVENTS_MAX))
                .or(() -> tooMany(event, "auth_events", AUTH_EVENTS_MAX));
    }

    /// The same for events that a backfill brought, which may cite any number of others: rooms
    /// have such events from before there was a limit.
    public static Optional<String> checkBackfilled(RoomVersionRules rules, JsonObject event) {
        return json(rules, event)
                .or(() -> identity(rules, event))
                .or(() -> room(rules, event))
                .or(() -> text(event, "type", TYPE_BYTES_MAX))
                .or(() -> stateKey(event))
                .or(() -> content(event))
                .or(() -> numbers(rules, event))
                .or(() -> citations(rules, event))
                .or(() -> proofs(event));
    }

    /// Whether it is the event that a room starts with, and not only of that type.
    static boolean isCreate(JsonObject event) {
        return event.string("type").filter("m.room.create"::equals).isPresent()
                && event.string("state_key").filter(String::isEmpty).isPresent();
    }

    private static Optional<String> json(RoomVersionRules rules, JsonObject event) {
        JsonObject signed = event.without("unsigned");
        if (rules.strictCanonicalJson()) {
            Optional<String> violation = CanonicalJson.strictViolation(signed);
            if (violation.isPresent()) {
                return violation.map(reason -> "not canonical JSON: " + reason);
            }
        }
        try {
            int size = CanonicalJson.encode(signed).length;
            return size <= EVENT_BYTES_MAX
                    ? Optional.empty()
                    : Optional.of("too large: " + size + " bytes");
        } catch (IllegalArgumentException loneSurrogate) {
            return Optional.of("not canonical JSON: a string has a lone surrogate");
        }
    }

    private static Optional<String> identity(RoomVersionRules rules, JsonObject event) {
        if (event.string("sender").flatMap(UserId::parse).isEmpty()) {
            return Optional.of("sender is not a user ID");
        }
        if (rules.eventIdFormat().isReferenceHash()) {
            return event.has("event_id")
                    ? Optional.of("event_id is not for the sender to choose")
                    : Optional.empty();
        }
        return event.string("event_id").filter(EventFormat::hasServer).isPresent()
                ? Optional.empty()
                : Optional.of("event_id is not an event ID of a server");
    }

    /// Without a server's name it could be another event's hash.
    private static boolean hasServer(String eventId) {
        return EventId.parse(eventId).isPresent()
                && ServerName.parse(eventId.substring(eventId.indexOf(':') + 1)).isPresent();
    }

    private static Optional<String> room(RoomVersionRules rules, JsonObject event) {
        if (rules.roomIdIsCreateHash() && isCreate(event)) {
            return event.has("room_id")
                    ? Optional.of("a create event has no room_id in this room version")
                    : Optional.empty();
        }
        Optional<RoomId> room = event.string("room_id").flatMap(RoomId::parse);
        return room.filter(id -> id.createEvent().isPresent() == rules.roomIdIsCreateHash())
                        .isPresent()
                ? Optional.empty()
                : Optional.of("room_id is not a room ID of this room version");
    }

    private static Optional<String> text(JsonObject event, String key, int bytesMax) {
        Optional<String> text = event.string(key);
        if (text.isEmpty()) {
            return Optional.of(key + " is not a string");
        }
        return text.get().getBytes(StandardCharsets.UTF_8).length <= bytesMax
                ? Optional.empty()
                : Optional.of(key + " is too long");
    }

    private static Optional<String> stateKey(JsonObject event) {
        return event.has("state_key")
                ? text(event, "state_key", STATE_KEY_BYTES_MAX)
                : Optional.empty();
    }

    private static Optional<String> content(JsonObject event) {
        return event.object("content").isPresent()
                ? Optional.empty()
                : Optional.of("content is not an object");
    }

    private static Optional<String> numbers(RoomVersionRules rules, JsonObject event) {
        if (event.integer("origin_server_ts").isEmpty()) {
            return Optional.of("origin_server_ts is not an integer");
        }
        var depth = event.integer("depth");
        if (depth.isEmpty()) {
            return Optional.of("depth is not an integer");
        }
        return depth.getAsLong() >= 0 && depth.getAsLong() <= rules.depthMax()
                ? Optional.empty()
                : Optional.of("depth is out of range: " + depth.getAsLong());
    }

    private static Optional<String> citations(RoomVersionRules rules, JsonObject event) {
        if (Citations.of(rules, event, "prev_events").isEmpty()) {
            return Optional.of("prev_events is not a list of event IDs");
        }
        return Citations.of(rules, event, "auth_events").isPresent()
                ? Optional.empty()
                : Optional.of("auth_events is not a list of event IDs");
    }

    private static Optional<String> tooMany(JsonObject event, String key, int max) {
        int count = event.array(key).map(cited -> cited.items().size()).orElse(0);
        return count <= max ? Optional.empty() : Optional.of(key + " has " + count + " entries");
    }

    /// Whether there are a hash and signatures, not whether they are right.
    private static Optional<String> proofs(JsonObject event) {
        Optional<JsonObject> hashes = event.object("hashes").filter(EventFormat::hasStringsOnly);
        if (hashes.isEmpty() || !hashes.get().has("sha256")) {
            return Optional.of("hashes is not an object of strings with sha256");
        }
        return event.object("signatures").filter(EventFormat::hasSignaturesOnly).isPresent()
                ? Optional.empty()
                : Optional.of("signatures is not an object of servers and keys");
    }

    private static boolean hasSignaturesOnly(JsonObject signatures) {
        return signatures.members().values().stream()
                .allMatch(ofServer -> ofServer instanceof JsonObject keys && hasStringsOnly(keys));
    }

    private static boolean hasStringsOnly(JsonObject object) {
        return object.members().values().stream().allMatch(EventFormat::isString);
    }

    private static boolean isString(JsonValue value) {
        return value instanceof JsonString;
    }
}
