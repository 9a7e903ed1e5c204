package org.stratafed.simulator.host;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.Optional;
import org.stratafed.simulator.store.DiskFull;

/// Failures that nobody was there to be told of, which Mutiny hands over to one place for the whole
/// JVM: here, to the run of the thread that it happened in. Nothing of it changes what a run does.
final class DroppedFailures {

    private static final ThreadLocal<Violations> CURRENT = new ThreadLocal<>();

    private DroppedFailures() {}

    static {
        // Quarkus' contexts, which are carried from thread to thread, of which a run has one. They
        // are made ready by whoever comes first, and fail if two runs do.
        Infrastructure.clearInterceptors();
        Infrastructure.setDroppedExceptionHandler(DroppedFailures::take);
    }

    /// From now on, what is dropped in this thread is a violation in this run.
    static void collectIn(Violations violations) {
        CURRENT.set(violations);
    }

    private static void take(Throwable dropped) {
        if (DiskFull.isCauseOf(dropped)) {
            return;
        }
        Optional.ofNullable(CURRENT.get())
                .ifPresentOrElse(
                        run -> run.add("a failure that nobody took", dropped),
                        () -> {
                            throw new IllegalStateException("dropped outside of a run", dropped);
                        });
    }
}
