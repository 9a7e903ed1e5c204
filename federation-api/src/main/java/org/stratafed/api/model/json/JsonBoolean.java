package org.stratafed.api.model.json;

/// A JSON `true` or `false`.
public record JsonBoolean(boolean value) implements JsonValue {

    public static final JsonBoolean TRUE = new JsonBoolean(true);
    public static final JsonBoolean FALSE = new JsonBoolean(false);

    public static JsonBoolean of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /// The JSON text.
    @Override
    public String toString() {
        return Boolean.toString(value);
    }
}
