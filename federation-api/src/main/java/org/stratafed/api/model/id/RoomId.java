package org.stratafed.api.model.id;

import java.util.Optional;
import org.stratafed.api.model.json.CodePoints;

/// The identifier of a room: `!opaque:server`, or from room version 12 on the sigil and the
/// reference hash of the room's create event.
///
/// The server in it is where the room was made, which need not be in the room any more: nothing
/// may be routed by it. Which of the two forms a room has to have is its version's matter.
///
/// @see <a href="https://spec.matrix.org/v1.19/appendices/#room-ids">Room IDs</a>
public record RoomId(String value) implements Comparable<RoomId> {

    private static final int HASH_CHARS = 43;

    /// For identifiers this server made or already checked: a malformed one is a bug.
    public RoomId {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("not a room ID: " + value);
        }
    }

    /// For identifiers a remote server sent: a malformed one is an answer, not a bug.
    public static Optional<RoomId> parse(String text) {
        return isWellFormed(text) ? Optional.of(new RoomId(text)) : Optional.empty();
    }

    /// The room of a create event, where the room version has the one follow from the other.
    public static RoomId ofCreateEvent(EventId create) {
        return new RoomId("!" + create.value().substring(1));
    }

    /// The create event of the room, if the identifier is one that follows from it.
    public Optional<EventId> createEvent() {
        return isHash(value)
                ? Optional.of(new EventId("$" + value.substring(1)))
                : Optional.empty();
    }

    /// The server that made the room, if the identifier names it.
    public Optional<ServerName> server() {
        return isHash(value) ? Optional.empty() : Optional.of(IdText.server(value));
    }

    private static boolean isWellFormed(String text) {
        return isHash(text) || (IdText.isWithDomain(text, '!') && text.indexOf(':') > 1);
    }

    private static boolean isHash(String text) {
        if (text.length() != HASH_CHARS + 1 || text.charAt(0) != '!') {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!isUrlSafeBase64(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUrlSafeBase64(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_';
    }

    @Override
    public int compareTo(RoomId other) {
        return CodePoints.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
