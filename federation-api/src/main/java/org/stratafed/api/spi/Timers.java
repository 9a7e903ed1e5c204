package org.stratafed.api.spi;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/// The only way to wait.
public interface Timers {

    /// Completes on the engine loop once this much time has passed. Cancelling the subscription
    /// forgets the timer.
    Uni<Void> after(Duration delay);
}
