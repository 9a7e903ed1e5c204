package org.stratafed.api.model.crypto;

import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;

/// A key that a check is going to need.
///
/// @param minimumValidUntilTs until when it has to be valid (milliseconds since the epoch); a known
///     key that is not is fetched anew. 0 where validity does not matter
public record WantedKey(ServerName server, KeyId key, long minimumValidUntilTs) {}
