package org.stratafed.api.model.json;

/// A part of an object that arrives bit by bit, see [JsonParts].
public sealed interface JsonPart {

    /// Of which member of the object it is.
    String key();

    /// The member is an array, whose items follow.
    record ArrayBegun(String key) implements JsonPart {}

    /// One item of the member, which is an array.
    ///
    /// @param text JSON of one value, if it is any. The array is shared: it must not be modified
    record Item(String key, byte[] text) implements JsonPart {}

    /// The member's whole value, which is no array.
    ///
    /// @param text JSON of one value, if it is any. The array is shared: it must not be modified
    record Value(String key, byte[] text) implements JsonPart {}
}
