package org.stratafed.server.store.sql;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.json.JsonWriter;

/// How a few event ids are kept in one column: as a JSON array, since an id may have anything in
/// it; and none of them as nothing.
final class EventIdLists {

    private EventIdLists() {}

    static Optional<String> text(List<EventId> ids) {
        var items = ids.stream().<JsonValue>map(id -> new JsonString(id.value())).toList();
        return ids.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new String(JsonWriter.write(JsonArray.of(items)), StandardCharsets.UTF_8));
    }

    static List<EventId> read(Optional<String> text) {
        return text.stream()
                .map(it -> JsonReader.read(it.getBytes(StandardCharsets.UTF_8)))
                .flatMap(array -> ((JsonArray) array).items().stream())
                .map(item -> new EventId(((JsonString) item).value()))
                .toList();
    }
}
