package org.stratafed.server.store.sql;

/// The statements about how events came, and about those that were not kept.
final class VerdictStatements {

    static final String PEER = "SELECT peer_nid FROM arrival_peers WHERE way = ? AND server = ?";

    static final String ADD_PEER =
            "INSERT INTO arrival_peers (way, server) VALUES (?, ?) RETURNING peer_nid";

    static final String ADD_TRANSACTION =
            """
            INSERT INTO arrival_transactions (transaction_id) VALUES (?)
            RETURNING transaction_nid
            """;

    static final String PRUNE_TRANSACTIONS =
            "DELETE FROM arrival_transactions WHERE transaction_nid <= ?";

    static final String STAGED_ARRIVAL =
            """
            SELECT peer_nid, transaction_nid FROM staged_events
            WHERE room_nid = ? AND event_id = ? AND peer_nid IS NOT NULL
            """;

    private static final String ARRIVAL =
            """
            SELECT p.way, p.server, t.transaction_id
            FROM rooms r
            JOIN %s e ON e.room_nid = r.room_nid
            JOIN arrival_peers p ON p.peer_nid = e.peer_nid
            LEFT JOIN arrival_transactions t ON t.transaction_nid = e.transaction_nid
            WHERE r.room_id = ? AND e.event_id = ?
            """;

    static final String ARRIVAL_OF_STORED = ARRIVAL.formatted("events");

    static final String ARRIVAL_OF_STAGED = ARRIVAL.formatted("staged_events");

    static final String ROOM_OF =
            """
            SELECT room_id FROM rooms WHERE room_nid IN (
                SELECT room_nid FROM events WHERE event_id = ? AND kind IS NOT NULL
                UNION SELECT room_nid FROM staged_events WHERE event_id = ?)
            ORDER BY room_nid LIMIT 1
            """;

    static final String REFUSED =
            "SELECT "
                    + EventStatements.COLUMNS
                    + EventStatements.JOINED
                    + """
                    WHERE r.room_id = ? AND e.refusal_check IS NOT NULL
                    ORDER BY e.event_nid DESC LIMIT ?
                    """;

    static final String FORGET_DROPPED =
            """
            DELETE FROM dropped_pdus
            WHERE origin = ? AND transaction_id = ? AND ordinal = ?
                AND room_id IS NOT DISTINCT FROM ?
            """;

    static final String DROP =
            """
            INSERT INTO dropped_pdus (origin, way, transaction_id, room_id, ordinal, event_id,
                refusal_check, refusal_rule, refusal_reason, refusal_deciding, at_ts)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            RETURNING dropped_nid
            """;

    /// Forgets all but the newest of an origin.
    static final String PRUNE_ORIGIN =
            """
            DELETE FROM dropped_pdus WHERE origin = ? AND dropped_nid <= (
                SELECT dropped_nid FROM dropped_pdus WHERE origin = ?
                ORDER BY dropped_nid DESC LIMIT 1 OFFSET ?)
            """;

    static final String IS_KNOWN_ORIGIN = "SELECT 1 FROM dropping_origins WHERE origin = ?";

    static final String TOUCH_ORIGIN =
            """
            INSERT INTO dropping_origins (origin, newest) VALUES (?, ?)
            ON CONFLICT (origin) DO UPDATE SET newest = excluded.newest
            """;

    /// All but the most recent ones.
    static final String EXCESS_ORIGINS =
            "SELECT origin FROM dropping_origins ORDER BY newest DESC LIMIT 1000 OFFSET ?";

    static final String FORGET_ORIGIN = "DELETE FROM dropping_origins WHERE origin = ?";

    static final String FORGET_DROPPED_OF = "DELETE FROM dropped_pdus WHERE origin = ?";

    private static final String DROPPED =
            """
            SELECT way, origin, transaction_id, ordinal, room_id, event_id, refusal_check,
                refusal_rule, refusal_reason, refusal_deciding, at_ts
            FROM dropped_pdus
            """;

    static final String DROPPED_COPIES = DROPPED + "WHERE event_id = ? ORDER BY dropped_nid DESC";

    static final String DROPPED_OF_ORIGIN = DROPPED + "WHERE origin = ? ORDER BY dropped_nid DESC";

    static final String DROPPED_OF_ROOM =
            DROPPED + "WHERE room_id = ? ORDER BY dropped_nid DESC LIMIT ?";

    private VerdictStatements() {}
}
