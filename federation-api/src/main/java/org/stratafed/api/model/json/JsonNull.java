package org.stratafed.api.model.json;

/// The JSON `null`.
public enum JsonNull implements JsonValue {
    NULL;

    /// The JSON text.
    @Override
    public String toString() {
        return "null";
    }
}
