package org.stratafed.api.model.id;

import java.util.Optional;
import org.stratafed.api.model.json.CodePoints;

/// The identifier of a key within its owner's: `algorithm:version`, as in `ed25519:abc`.
///
/// The specification has letters, digits and `_` for the version. Servers with other characters
/// in theirs exist, and refusing the ID would mean dropping all their events, so anything
/// printable passes that doesn't need escaping in a header.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#publishing-keys">Publishing
///     keys</a>
public record KeyId(String value) implements Comparable<KeyId> {

    public static final String ED25519 = "ed25519";

    private static final int CHARS_MAX = 255;

    /// For identifiers this server made or already checked: a malformed one is a bug.
    public KeyId {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("not a key ID: " + value);
        }
    }

    /// For identifiers a remote server sent: a malformed one is an answer, not a bug.
    public static Optional<KeyId> parse(String text) {
        return isWellFormed(text) ? Optional.of(new KeyId(text)) : Optional.empty();
    }

    public String algorithm() {
        return value.substring(0, value.indexOf(':'));
    }

    public String version() {
        return value.substring(value.indexOf(':') + 1);
    }

    public boolean isEd25519() {
        return value.startsWith(ED25519 + ":");
    }

    private static boolean isWellFormed(String text) {
        int colon = text.indexOf(':');
        return colon > 0
                && colon < text.length() - 1
                && text.length() <= CHARS_MAX
                && text.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"' && c != '\\');
    }

    @Override
    public int compareTo(KeyId other) {
        return CodePoints.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
