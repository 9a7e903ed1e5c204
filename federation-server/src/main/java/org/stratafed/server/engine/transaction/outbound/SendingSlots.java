package org.stratafed.server.engine.transaction.outbound;

import java.util.ArrayDeque;
import java.util.Queue;

/// How many destinations may be sent to at once. Each holds a batch in memory and a connection;
/// the others wait in turn. What waits is bounded by being at most once per destination.
final class SendingSlots {

    static final int SENDING_MAX = 100;

    private final Queue<DestinationDriver> waiting = new ArrayDeque<>();
    private int free = SENDING_MAX;

    /// Gives the driver a slot as soon as one is free, perhaps at once.
    void request(DestinationDriver driver) {
        if (free > 0) {
            free--;
            driver.onSlot();
        } else {
            waiting.add(driver);
        }
    }

    /// Takes a slot back and gives it to who waited longest.
    void giveBack() {
        if (waiting.isEmpty()) {
            free++;
        } else {
            waiting.remove().onSlot();
        }
    }

    boolean areWaitedFor() {
        return !waiting.isEmpty();
    }
}
