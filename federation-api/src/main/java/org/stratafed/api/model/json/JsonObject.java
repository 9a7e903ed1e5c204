package org.stratafed.api.model.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// A JSON object. It keeps its members in the order they came in; two objects are equal if they
/// have equal members in whatever order.
///
/// The typed accessors are for what a peer sent: a member of another type is as good as absent,
/// and where that makes a difference the caller asks [#has(String)].
public final class JsonObject implements JsonValue {

    private static final JsonObject EMPTY = new JsonObject(new String[0], new JsonValue[0]);

    private final String[] keys;
    private final JsonValue[] values;
    private final int[] order;

    /// The arrays become the object's own.
    ///
    /// @throws DuplicateKeyException if two keys are equal
    JsonObject(String[] keys, JsonValue[] values) {
        this.keys = keys;
        this.values = values;
        order = KeyOrder.of(keys);
        int duplicate = KeyOrder.duplicate(keys, order);
        if (duplicate >= 0) {
            throw new DuplicateKeyException(keys[duplicate]);
        }
    }

    public static JsonObject empty() {
        return EMPTY;
    }

    public static Builder builder() {
        return new Builder();
    }

    public Optional<JsonValue> get(String key) {
        int index = KeyOrder.find(keys, order, key);
        return index < 0 ? Optional.empty() : Optional.of(values[index]);
    }

    public boolean has(String key) {
        return KeyOrder.find(keys, order, key) >= 0;
    }

    public Optional<String> string(String key) {
        return get(key).orElse(null) instanceof JsonString(var string)
                ? Optional.of(string)
                : Optional.empty();
    }

    /// The member's value, if it is written as an integer and fits.
    public OptionalLong integer(String key) {
        return get(key).orElse(null) instanceof JsonNumber number
                ? number.asLong()
                : OptionalLong.empty();
    }

    public Optional<Boolean> bool(String key) {
        return get(key).orElse(null) instanceof JsonBoolean(var bool)
                ? Optional.of(bool)
                : Optional.empty();
    }

    public Optional<JsonObject> object(String key) {
        return get(key).orElse(null) instanceof JsonObject object
                ? Optional.of(object)
                : Optional.empty();
    }

    public Optional<JsonArray> array(String key) {
        return get(key).orElse(null) instanceof JsonArray array
                ? Optional.of(array)
                : Optional.empty();
    }

    /// The members in their order. A copy is made for each call.
    public SequencedMap<String, JsonValue> members() {
        var members = new LinkedHashMap<String, JsonValue>();
        for (int i = 0; i < keys.length; i++) {
            members.put(keys[i], values[i]);
        }
        return Collections.unmodifiableSequencedMap(members);
    }

    /// The keys in their order. A copy is made for each call.
    public SequencedSet<String> keys() {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(Arrays.asList(keys)));
    }

    public int size() {
        return keys.length;
    }

    public boolean isEmpty() {
        return keys.length == 0;
    }

    /// This object with the member set: in its old place, or at the end if it is new.
    public JsonObject with(String key, JsonValue value) {
        Objects.requireNonNull(value, "value");
        int index = KeyOrder.find(keys, order, key);
        int size = index < 0 ? keys.length + 1 : keys.length;
        int at = index < 0 ? keys.length : index;
        String[] newKeys = Arrays.copyOf(keys, size);
        JsonValue[] newValues = Arrays.copyOf(values, size);
        newKeys[at] = key;
        newValues[at] = value;
        return new JsonObject(newKeys, newValues);
    }

    /// This object without those of its members.
    public JsonObject without(String... removed) {
        var dropped = List.of(removed);
        var keptKeys = new ArrayList<String>(keys.length);
        var keptValues = new ArrayList<JsonValue>(keys.length);
        for (int i = 0; i < keys.length; i++) {
            if (!dropped.contains(keys[i])) {
                keptKeys.add(keys[i]);
                keptValues.add(values[i]);
            }
        }
        return keptKeys.size() == keys.length
                ? this
                : new JsonObject(
                        keptKeys.toArray(String[]::new), keptValues.toArray(JsonValue[]::new));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonObject object && JsonEquality.areEqual(this, object);
    }

    @Override
    public int hashCode() {
        return JsonEquality.hash(this);
    }

    /// The compact JSON text, members in their order.
    @Override
    public String toString() {
        return JsonWriter.text(this);
    }

    String key(int index) {
        return keys[index];
    }

    JsonValue value(int index) {
        return values[index];
    }

    /// The index of the member that is the given one in the order of keys by code point.
    int inKeyOrder(int rank) {
        return order[rank];
    }

    /// Two members of one object have the same key, which leaves open which of them counts.
    static final class DuplicateKeyException extends IllegalArgumentException {

        DuplicateKeyException(String key) {
            super("duplicate key " + new JsonString(key));
        }
    }

    /// Collects members. Putting a key again replaces the value and keeps the place.
    public static final class Builder {

        private final SequencedMap<String, JsonValue> members = new LinkedHashMap<>();

        private Builder() {}

        public Builder put(String key, JsonValue value) {
            members.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
            return this;
        }

        public Builder put(String key, String value) {
            return put(key, new JsonString(value));
        }

        public Builder put(String key, long value) {
            return put(key, JsonNumber.of(value));
        }

        public Builder put(String key, boolean value) {
            return put(key, JsonBoolean.of(value));
        }

        public Builder putIfPresent(String key, Optional<? extends JsonValue> value) {
            value.ifPresent(present -> put(key, present));
            return this;
        }

        public Builder putAll(JsonObject object) {
            for (int i = 0; i < object.size(); i++) {
                put(object.key(i), object.value(i));
            }
            return this;
        }

        public JsonObject build() {
            return members.isEmpty()
                    ? EMPTY
                    : new JsonObject(
                            members.keySet().toArray(String[]::new),
                            members.values().toArray(JsonValue[]::new));
        }
    }
}
