package org.stratafed.server.engine.pdu.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.RoomVersionRules;

/// The events that an event cites, under `prev_events` or `auth_events`.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#event-format">Event format</a>
final class Citations {

    private static final int PAIR_ITEMS = 2;

    private Citations() {}

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
