package org.stratafed.server.store.sql;

/// The statements about transactions received.
final class InboxStatements {

    static final String RESPONSE =
            "SELECT response FROM inbox WHERE origin = ? AND transaction_id = ?";

    static final String CLAIM =
            """
            INSERT INTO inbox (origin, transaction_id) VALUES (?, ?)
            ON CONFLICT (origin, transaction_id) DO NOTHING
            """;

    static final String RECORD =
            """
            INSERT INTO inbox (origin, transaction_id, response) VALUES (?, ?, ?)
            ON CONFLICT (origin, transaction_id) DO UPDATE SET response = excluded.response
            RETURNING inbox_nid
            """;

    /// Forgets all but the newest of an origin.
    static final String PRUNE =
            """
            DELETE FROM inbox WHERE origin = ? AND inbox_nid <= (
                SELECT inbox_nid FROM inbox WHERE origin = ?
                ORDER BY inbox_nid DESC LIMIT 1 OFFSET ?)
            """;

    private InboxStatements() {}
}
