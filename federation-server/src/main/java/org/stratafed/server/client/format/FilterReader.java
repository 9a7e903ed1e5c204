package org.stratafed.server.client.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.layer.messaging.SyncFilter;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.json.MalformedJsonException;

/// Reads filters.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#filtering">Filtering</a>
public final class FilterReader {

    private FilterReader() {}

    /// A filter that is the text of a query parameter.
    public static JsonObject parse(String text) {
        JsonValue value;
        try {
            value = JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException malformed) {
            throw MatrixException.notJson("filter isn't JSON: " + malformed.getMessage());
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw MatrixException.badJson("filter isn't an object");
    }

    public static SyncFilter sync(JsonObject filter) {
        JsonFields room = new JsonFields(filter).fields("room");
        return new SyncFilter(
                room.identifiers("rooms", RoomId::parse),
                room.identifiers("not_rooms", RoomId::parse).orElse(List.of()),
                room.bool("include_leave").orElse(false),
                events(room.fields("timeline")),
                events(room.fields("state")));
    }

    /// The filter of one kind of events.
    public static EventFilter events(JsonFields filter) {
        return new EventFilter(
                limit(filter),
                filter.strings("types"),
                filter.strings("not_types").orElse(List.of()),
                filter.identifiers("senders", UserId::parse),
                filter.identifiers("not_senders", UserId::parse).orElse(List.of()),
                filter.bool("contains_url"),
                filter.bool("lazy_load_members").orElse(false));
    }

    /// The filter in a query parameter of messages or context; [EventFilter#ALL] without one.
    public static EventFilter events(Optional<String> parameter) {
        return parameter.map(text -> events(new JsonFields(parse(text)))).orElse(EventFilter.ALL);
    }

    private static int limit(JsonFields filter) {
        long limit = filter.integer("limit").orElse(EventFilter.LIMIT_DEFAULT);
        if (limit < 0) {
            throw MatrixException.badJson("limit is negative");
        }
        return Math.clamp(limit, 1, EventFilter.LIMIT_MAX);
    }
}
