package org.stratafed.server.host.quarkus;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The requests that are being answered, on both ports.
@Singleton
public final class RequestsUnderWay {

    private static final int BEFORE_ALL_OTHERS = 200;
    private static final int UNAVAILABLE = 503;

    private int count;
    private boolean isDraining;

    void register(@Observes Filters filters) {
        filters.register(this::admit, BEFORE_ALL_OTHERS);
    }

    private void admit(RoutingContext context) {
        if (begin()) {
            context.addEndHandler(_ -> end());
            context.next();
        } else {
            MatrixErrors.end(context, UNAVAILABLE);
        }
    }

    /// Whether the request may begin; if so, [#end()] has to follow.
    synchronized boolean begin() {
        if (!isDraining) {
            count++;
        }
        return !isDraining;
    }

    synchronized void end() {
        count--;
        notifyAll();
    }

    /// Admits no more, and waits for the others, but not for ever.
    synchronized void drain(Duration patience) {
        isDraining = true;
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (count > 0) {
                long rest = deadline - System.nanoTime();
                if (rest <= 0) {
                    return;
                }
                TimeUnit.NANOSECONDS.timedWait(this, rest);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
