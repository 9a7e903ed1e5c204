package org.stratafed.api.model.id;

import java.util.Optional;
import org.stratafed.api.model.json.CodePoints;

/// What its sender calls a transaction, so that it can be sent again without taking effect again:
/// a server's with another server, or a client's request with its server. Opaque.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#transactions">Transactions</a>
public record TransactionId(String value) implements Comparable<TransactionId> {

    public static final int CHARS_MAX = 255;

    /// For identifiers this server made or already checked: a malformed one is a bug.
    public TransactionId {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("not a transaction ID: " + value);
        }
    }

    /// For identifiers somebody else sent: a malformed one is an answer, not a bug.
    public static Optional<TransactionId> parse(String text) {
        return isWellFormed(text) ? Optional.of(new TransactionId(text)) : Optional.empty();
    }

    private static boolean isWellFormed(String text) {
        return !text.isEmpty()
                && text.length() <= CHARS_MAX
                && text.indexOf('\0') < 0
                && CodePoints.indexOfLoneSurrogate(text) < 0;
    }

    @Override
    public int compareTo(TransactionId other) {
        return CodePoints.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
