package org.stratafed.server.engine.transport.discovery;

import java.time.Duration;
import org.stratafed.api.model.id.ServerName;

/// What a host says about who serves Matrix for it.
sealed interface Delegation {

    /// That server does.
    ///
    /// @param lifetime for how long that may be believed
    record To(ServerName server, Duration lifetime) implements Delegation {}

    /// It answered, but named nobody.
    record None() implements Delegation {}

    /// It didn't answer, which says nothing.
    record Unknown() implements Delegation {}
}
