package org.stratafed.server.engine.messaging.reading;

import org.stratafed.api.model.error.MatrixException;

/// How far a client has followed the stream, as it is given it. Opaque to clients, and versioned by
/// its first letters.
public record SyncToken(long position) {

    private static final String PREFIX = "s1_";

    /// Reads a token; `M_INVALID_PARAM` for what is none.
    public static SyncToken parse(String text) {
        try {
            long position =
                    text.startsWith(PREFIX) ? Long.parseLong(text.substring(PREFIX.length())) : -1;
            if (position >= 0) {
                return new SyncToken(position);
            }
        } catch (NumberFormatException _) {
            // No token of ours either.
        }
        throw MatrixException.invalidParam("not a token of this server: " + text);
    }

    public String text() {
        return PREFIX + position;
    }
}
