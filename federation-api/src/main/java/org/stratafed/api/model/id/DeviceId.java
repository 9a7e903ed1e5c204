package org.stratafed.api.model.id;

import java.util.Optional;
import org.stratafed.api.model.json.CodePoints;

/// The identifier of one of a user's devices. Opaque: chosen by its server, or by the client.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#client-authentication">Client
///     authentication</a>
public record DeviceId(String value) implements Comparable<DeviceId> {

    /// The specification has no limit; this is what other servers let a client choose.
    public static final int CHARS_MAX = 512;

    /// For identifiers this server made or already checked: a malformed one is a bug.
    public DeviceId {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("not a device ID: " + value);
        }
    }

    /// For identifiers somebody else sent: a malformed one is an answer, not a bug.
    public static Optional<DeviceId> parse(String text) {
        return isWellFormed(text) ? Optional.of(new DeviceId(text)) : Optional.empty();
    }

    private static boolean isWellFormed(String text) {
        return !text.isEmpty()
                && text.length() <= CHARS_MAX
                && text.indexOf('\0') < 0
                && CodePoints.indexOfLoneSurrogate(text) < 0;
    }

    @Override
    public int compareTo(DeviceId other) {
        return CodePoints.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
