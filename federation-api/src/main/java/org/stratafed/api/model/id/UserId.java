package org.stratafed.api.model.id;

import java.util.Optional;
import org.stratafed.api.model.json.CodePoints;

/// The identifier of a user: `@localpart:server`.
///
/// Accepted is the historical grammar, which rooms are full of: any localpart without a colon or
/// NUL, the empty one included. New users here get [#isValidNewLocalpart(String)].
///
/// @see <a href="https://spec.matrix.org/v1.19/appendices/#user-identifiers">User identifiers</a>
public record UserId(String value) implements Comparable<UserId> {

    /// For identifiers this server made or already checked: a malformed one is a bug.
    public UserId {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("not a user ID: " + value);
        }
    }

    /// For identifiers a remote server sent: a malformed one is an answer, not a bug.
    public static Optional<UserId> parse(String text) {
        return isWellFormed(text) ? Optional.of(new UserId(text)) : Optional.empty();
    }

    /// Whether a user made today may have this localpart. How long it may be depends on the
    /// server's name, and the constructor checks it.
    public static boolean isValidNewLocalpart(String localpart) {
        for (int i = 0; i < localpart.length(); i++) {
            char c = localpart.charAt(i);
            boolean valid =
                    (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "._=/+-".indexOf(c) >= 0;
            if (!valid) {
                return false;
            }
        }
        return !localpart.isEmpty();
    }

    public String localpart() {
        return IdText.localpart(value);
    }

    public ServerName server() {
        return IdText.server(value);
    }

    private static boolean isWellFormed(String text) {
        return IdText.isWithDomain(text, '@');
    }

    @Override
    public int compareTo(UserId other) {
        return CodePoints.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
