package org.stratafed.api.layer.transport.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.exchange.PublicRoomsRequest.Filter;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonNull;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;

/// How the filter of published rooms is written, and read.
final class PublicRoomsFilter {

    private static final String TERM = "generic_search_term";
    private static final String TYPES = "room_types";

    private PublicRoomsFilter() {}

    static JsonObject write(Filter filter) {
        var json = JsonObject.builder();
        filter.searchTerm().ifPresent(term -> json.put(TERM, term));
        filter.roomTypes().ifPresent(types -> json.put(TYPES, written(types)));
        return json.build();
    }

    /// A room without a type is `null` here.
    private static JsonArray written(List<Optional<String>> types) {
        var items = new ArrayList<JsonValue>();
        types.forEach(
                type -> items.add(type.<JsonValue>map(JsonString::new).orElse(JsonNull.NULL)));
        return JsonArray.of(items);
    }

    static Filter read(JsonObject filter) {
        return new Filter(
                QuestionReader.text(filter, TERM).filter(term -> !term.isBlank()),
                filter.has(TYPES)
                        ? Optional.of(types(QuestionReader.arrayIfPresent(filter, TYPES)))
                        : Optional.empty());
    }

    private static List<Optional<String>> types(JsonArray types) {
        return types.items().stream().map(PublicRoomsFilter::type).toList();
    }

    private static Optional<String> type(JsonValue item) {
        return switch (item) {
            case JsonString(var type) -> Optional.of(type);
            case JsonNull _ -> Optional.empty();
            default -> throw MatrixException.badJson(TYPES + " has what is no type");
        };
    }
}
