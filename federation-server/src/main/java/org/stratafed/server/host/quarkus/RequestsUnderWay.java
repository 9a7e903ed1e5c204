package org.stratafed.server.host.quarkus;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The federation requests that are being answered.
@Singleton
public final class RequestsUnderWay {

    private int count;
    private boolean isDraining;

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
