package org.stratafed.server.host;

import java.util.Optional;

/// Who may make an account here.
///
/// @param enabled whether anybody may who asks
/// @param sharedSecret what an operator's tools prove themselves with to make accounts all the
///     same; without it, they can't
public record RegistrationSettings(boolean enabled, Optional<String> sharedSecret) {

    /// A secret is not for logs.
    @Override
    public String toString() {
        return "RegistrationSettings[enabled=" + enabled + "]";
    }
}
