package org.stratafed.server.client.format;

import org.stratafed.api.model.error.MatrixException;

/// Where a client is: in the stream of events, and in the sequence of account data.
///
/// @param events a token of the messaging layer
public record SyncToken(String events, long accountData) {

    /// Not in any token of the messaging layer.
    private static final char SEPARATOR = '~';

    /// Tokens of messages have no part for account data.
    public static SyncToken parse(String token) {
        int separator = token.lastIndexOf(SEPARATOR);
        if (separator < 0) {
            return new SyncToken(token, 0);
        }
        try {
            return new SyncToken(
                    token.substring(0, separator), Long.parseLong(token.substring(separator + 1)));
        } catch (NumberFormatException _) {
            throw MatrixException.invalidParam("Not a token of this server");
        }
    }

    @Override
    public String toString() {
        return events + SEPARATOR + accountData;
    }
}
