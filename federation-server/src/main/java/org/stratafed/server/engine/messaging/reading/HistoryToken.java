package org.stratafed.server.engine.messaging.reading;

import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.spi.store.TimelineStore;

/// A place in the history of rooms, between two events, as clients are given it. Opaque to them,
/// and versioned by its first letters. Read from either side it leaves out nothing and repeats
/// nothing.
///
/// @param cut events with an order below it come before, all others after it
public record HistoryToken(long cut) {

    private static final String PREFIX = "t1_";

    static HistoryToken before(long order) {
        return new HistoryToken(order);
    }

    static HistoryToken after(long order) {
        return new HistoryToken(order + 1);
    }

    /// After all that had happened when the stream was at this position.
    public static HistoryToken at(long position) {
        return after(TimelineStore.orderAt(position));
    }

    /// Reads a token of a page or of a sync; `M_INVALID_PARAM` for anything else.
    static HistoryToken parse(String text) {
        if (!text.startsWith(PREFIX)) {
            return at(SyncToken.parse(text).position());
        }
        try {
            return new HistoryToken(Long.parseLong(text.substring(PREFIX.length())));
        } catch (NumberFormatException _) {
            throw MatrixException.invalidParam("not a token of this server: " + text);
        }
    }

    /// The newest position of the stream that is before it.
    long position() {
        return cut - 1 >> TimelineStore.ORDER_BITS_PER_POSITION;
    }

    public String text() {
        return PREFIX + cut;
    }
}
