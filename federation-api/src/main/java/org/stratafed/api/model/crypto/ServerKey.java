package org.stratafed.api.model.crypto;

import java.util.OptionalLong;
import org.stratafed.api.model.room.RoomVersionRules;

/// A server's key and how long it is good for, all in milliseconds since the epoch.
///
/// @param validUntilTs for a key in use: until when it may be relied on, already capped at seven
///     days after it was fetched
/// @param expiredTs for an old key: when it went out of use. It proves events from before only
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#publishing-keys">Publishing
///     keys</a>
public record ServerKey(VerifyKey key, long validUntilTs, OptionalLong expiredTs) {

    /// Whether a request may be authenticated by it now.
    public boolean provesRequest(long now) {
        return expiredTs.isEmpty() && validUntilTs > now;
    }

    /// Whether an event of this time may be proved by it, in rooms with these rules.
    public boolean provesEvent(RoomVersionRules rules, long originServerTs) {
        if (expiredTs.isPresent()) {
            return expiredTs.getAsLong() >= originServerTs;
        }
        return !rules.keyValidityEnforced() || validUntilTs >= originServerTs;
    }
}
