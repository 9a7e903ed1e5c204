package org.stratafed.api.model.json;

/// A JSON value, immutable, as it was received: members in their order, numbers as written.
///
/// Values nest up to [JsonReader#DEPTH_MAX] deep, which is deeper than a thread's stack lasts.
/// So nothing in this package recurses, and code that walks whole trees shouldn't either.
public sealed interface JsonValue
        permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {}
