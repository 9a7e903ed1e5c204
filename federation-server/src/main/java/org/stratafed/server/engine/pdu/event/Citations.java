package org.stratafed.server.engine.pdu.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.RoomVersionRules;

/// The events that an event cites, under `prev_events` or `auth_events`.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#event-format">Event format</a>
public final class Citations {

    private static final int PAIR_ITEMS = 2;
    private static final String SHA256 = "sha256";

    private Citations() {}

    /// Events as the room version cites them.
    ///
    /// @param event what a cited event is. Only asked where hashes stand beside IDs
    public static JsonArray cite(
            RoomVersionRules rules,
            Collection<EventId> cited,
            Function<EventId, JsonObject> event) {
        if (rules.eventIdFormat().isReferenceHash()) {
            return JsonArray.ofStrings(cited.stream().map(EventId::value).toList());
        }
        var pairs = new ArrayList<JsonValue>(cited.size());
        for (EventId id : cited) {
            var hash = JsonObject.builder().put(SHA256, ReferenceHash.of(rules, event.apply(id)));
            pairs.add(JsonArray.of(List.of(new JsonString(id.value()), hash.build())));
        }
        return JsonArray.of(pairs);
    }

    /// The IDs in their order, if there is such a list and it is as the room version has it.
    static Optional<List<EventId>> of(RoomVersionRules rules, JsonObject event, String key) {
        return event.array(key).flatMap(cited -> ids(rules, cited));
    }

    private static Optional<List<EventId>> ids(RoomVersionRules rules, JsonArray cited) {
        var ids = new ArrayList<EventId>(cited.items().size());
        for (JsonValue item : cited.items()) {
            Optional<EventId> id = id(rules, item);
            if (id.isEmpty()) {
                return Optional.empty();
            }
            ids.add(id.get());
        }
        return Optional.of(List.copyOf(ids));
    }

    private static Optional<EventId> id(RoomVersionRules rules, JsonValue item) {
        if (rules.eventIdFormat().isReferenceHash()) {
            return item instanceof JsonString(var text) ? EventId.parse(text) : Optional.empty();
        }
        return item instanceof JsonArray(var pair)
                        && pair.size() == PAIR_ITEMS
                        && pair.getFirst() instanceof JsonString(var text)
                        && pair.getLast() instanceof JsonObject
                ? EventId.parse(text)
                : Optional.empty();
    }
}
