package org.stratafed.api.model.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// A JSON array.
public record JsonArray(List<JsonValue> items) implements JsonValue {

    private static final JsonArray EMPTY = new JsonArray(List.of());

    public JsonArray {
        items = List.copyOf(items);
    }

    public static JsonArray empty() {
        return EMPTY;
    }

    public static JsonArray of(List<? extends JsonValue> items) {
        return items.isEmpty() ? EMPTY : new JsonArray(List.copyOf(items));
    }

    public static JsonArray ofStrings(Collection<String> strings) {
        return of(strings.stream().map(JsonString::new).toList());
    }

    /// The items' values, if all of them are strings.
    public Optional<List<String>> strings() {
        var strings = new ArrayList<String>(items.size());
        for (JsonValue item : items) {
            if (!(item instanceof JsonString(var string))) {
                return Optional.empty();
            }
            strings.add(string);
        }
        return Optional.of(List.copyOf(strings));
    }

    /// Those of the items that are objects.
    public List<JsonObject> objects() {
        var objects = new ArrayList<JsonObject>(items.size());
        for (JsonValue item : items) {
            if (item instanceof JsonObject object) {
                objects.add(object);
            }
        }
        return List.copyOf(objects);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonArray array && JsonEquality.areEqual(this, array);
    }

    @Override
    public int hashCode() {
        return JsonEquality.hash(this);
    }

    /// The compact JSON text.
    @Override
    public String toString() {
        return JsonWriter.text(this);
    }
}
