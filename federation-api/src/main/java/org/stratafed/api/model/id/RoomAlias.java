package org.stratafed.api.model.id;

import java.util.Optional;
import org.stratafed.api.model.json.CodePoints;

/// A name for a room, given out by one server: `#localpart:server`.
///
/// @see <a href="https://spec.matrix.org/v1.19/appendices/#room-aliases">Room aliases</a>
public record RoomAlias(String value) implements Comparable<RoomAlias> {

    /// For aliases this server made or already checked: a malformed one is a bug.
    public RoomAlias {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("not a room alias: " + value);
        }
    }

    /// For aliases somebody else sent: a malformed one is an answer, not a bug.
    public static Optional<RoomAlias> parse(String text) {
        return isWellFormed(text) ? Optional.of(new RoomAlias(text)) : Optional.empty();
    }

    public String localpart() {
        return IdText.localpart(value);
    }

    /// The server that answers for the alias.
    public ServerName server() {
        return IdText.server(value);
    }

    private static boolean isWellFormed(String text) {
        return IdText.isWithDomain(text, '#') && text.indexOf(':') > 1;
    }

    @Override
    public int compareTo(RoomAlias other) {
        return CodePoints.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
