package org.stratafed.server.engine.messaging.reading;

import java.util.OptionalLong;
import org.stratafed.api.spi.store.TimelineStore.BackwardExtremity;

/// Which way through a room's history, and the cut to stop at.
record Way(boolean backwards, OptionalLong to) {

    /// What the store is asked for: it leaves out the event at the given order itself.
    long from(long cut) {
        return backwards ? cut : cut - 1;
    }

    /// The cut behind an event.
    long behind(long order) {
        return backwards ? order : order + 1;
    }

    boolean includes(long order) {
        return to.isEmpty() || (backwards ? order >= to.getAsLong() : order < to.getAsLong());
    }

    /// Whether something is missing on the way back from a cut to an order, as far as it goes.
    boolean meets(BackwardExtremity extremity, long cut, long order) {
        long low = to.isEmpty() ? order : Math.max(order, to.getAsLong());
        return backwards && extremity.order() <= cut && extremity.order() > low;
    }
}
