package org.stratafed.api.model.id;

import java.util.Optional;
import org.stratafed.api.model.json.CodePoints;

/// The identifier of an event: the sigil `$` and an opaque part.
///
/// From room version 3 on, the opaque part is the event's reference hash, so holding an
/// event ID means knowing exactly which event is meant. Only the room version tells how
/// the opaque part is to be read; this type never does.
///
/// Ordering is by code point, which is what state resolution breaks its last ties with
/// (`String.compareTo` orders by UTF-16 unit, and differs for ids of room versions 1 and 2).
///
/// @see <a href="https://spec.matrix.org/v1.19/appendices/#event-ids">Event IDs</a>
public record EventId(String value) implements Comparable<EventId> {

    public static final int SIZE_BYTES_MAX = IdText.SIZE_BYTES_MAX;

    /// For identifiers this server made or already checked: a malformed one is a bug.
    public EventId {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("not an event ID: " + value);
        }
    }

    /// For identifiers a remote server sent: a malformed one is an answer, not a bug.
    public static Optional<EventId> parse(String text) {
        return isWellFormed(text) ? Optional.of(new EventId(text)) : Optional.empty();
    }

    private static boolean isWellFormed(String text) {
        return text.length() > 1 && IdText.isSigilled(text, '$');
    }

    @Override
    public int compareTo(EventId other) {
        return CodePoints.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
