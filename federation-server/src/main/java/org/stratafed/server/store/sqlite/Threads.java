package org.stratafed.server.store.sqlite;

/// Waiting for threads to end.
final class Threads {

    private Threads() {}

    /// Waits for the end of the thread, whatever happens; an interrupt is kept for the caller.
    static void join(Thread thread) {
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
