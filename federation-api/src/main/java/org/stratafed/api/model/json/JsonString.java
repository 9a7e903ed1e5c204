package org.stratafed.api.model.json;

import java.util.Objects;

/// A JSON string. It may hold a lone surrogate, which JSON can spell (`"\ud800"`) though UTF-8
/// can't: see [CanonicalJson#strictViolation(JsonValue)].
public record JsonString(String value) implements JsonValue {

    public JsonString {
        Objects.requireNonNull(value, "value");
    }

    /// The JSON text.
    @Override
    public String toString() {
        return JsonWriter.text(this);
    }
}
