package org.stratafed.api.model.crypto;

import org.stratafed.api.model.json.JsonObject;

/// What a server said of its keys, as it signed it: others can be shown it while the server itself
/// is away.
///
/// @param fetchedTs when it said so, in milliseconds since the epoch
public record SignedKeys(JsonObject json, long fetchedTs) {}
