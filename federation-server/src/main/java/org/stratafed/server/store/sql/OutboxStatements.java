package org.stratafed.server.store.sql;

/// The statements about the log of events to be sent, and the destinations.
final class OutboxStatements {

    static final String AUDIENCE = "SELECT audience_nid FROM audiences WHERE hash = ?";

    static final String ADD_AUDIENCE =
            "INSERT INTO audiences (hash) VALUES (?) RETURNING audience_nid";

    static final String ADD_AUDIENCE_SERVER =
            "INSERT INTO audience_servers (server, audience_nid) VALUES (?, ?)";

    static final String ADD =
            "INSERT INTO outbox (room_nid, event_nid, audience_nid) VALUES (?, ?, ?)";

    static final String PENDING_DESTINATIONS =
            """
            SELECT server FROM (
                SELECT s.server
                FROM audience_servers s
                LEFT JOIN destinations d ON d.server = s.server
                GROUP BY s.server, d.acknowledged
                HAVING MAX((
                    SELECT MAX(o.position) FROM outbox o WHERE o.audience_nid = s.audience_nid
                )) > COALESCE(d.acknowledged, 0)
                UNION
                SELECT server FROM destinations WHERE sealed_transaction_id IS NOT NULL
            ) pending
            ORDER BY server
            """;

    static final String ACKNOWLEDGED = "SELECT acknowledged FROM destinations WHERE server = ?";

    /// Positions of what the destination gets, in no order: found by audience, so that it costs
    /// what there is for this destination, not what there is for others.
    static final String POSITIONS =
            """
            SELECT o.position
            FROM audience_servers s
            JOIN outbox o ON o.audience_nid = s.audience_nid AND o.position > ?
            WHERE s.server = ?
            LIMIT ?
            """;

    /// The same along the log, for a destination that gets much of it.
    static final String POSITIONS_IN_ORDER =
            """
            SELECT o.position
            FROM outbox o
            WHERE o.position > ? AND o.audience_nid IN (
                SELECT s.audience_nid FROM audience_servers s WHERE s.server = ?)
            ORDER BY o.position
            LIMIT ?
            """;

    private static final String ENTRIES =
            """
            SELECT o.position, r.room_id, e.event_id, j.json
            FROM outbox o
            JOIN rooms r ON r.room_nid = o.room_nid
            JOIN events e ON e.room_nid = o.room_nid AND e.event_nid = o.event_nid
            JOIN event_json j ON j.json_nid = e.json_nid
            """;

    static final String ENTRIES_AT = ENTRIES + "WHERE o.position IN (#) ORDER BY o.position";

    static final String ENTRIES_BETWEEN =
            ENTRIES
                    + """
                      WHERE o.position > ? AND o.position <= ? AND o.audience_nid IN (
                          SELECT s.audience_nid FROM audience_servers s WHERE s.server = ?)
                      ORDER BY o.position
                      """;

    static final String SEALED =
            """
            SELECT sealed_transaction_id, sealed_origin_server_ts, sealed_after, sealed_end,
                sealed_edus
            FROM destinations WHERE server = ? AND sealed_transaction_id IS NOT NULL
            """;

    static final String SEAL =
            """
            INSERT INTO destinations (server, acknowledged, sealed_transaction_id,
                sealed_origin_server_ts, sealed_after, sealed_end, sealed_edus)
            VALUES (?, 0, ?, ?, ?, ?, ?)
            ON CONFLICT (server) DO UPDATE SET
                sealed_transaction_id = excluded.sealed_transaction_id,
                sealed_origin_server_ts = excluded.sealed_origin_server_ts,
                sealed_after = excluded.sealed_after, sealed_end = excluded.sealed_end,
                sealed_edus = excluded.sealed_edus
            WHERE destinations.sealed_transaction_id IS NULL
            """;

    static final String ACKNOWLEDGE =
            """
            UPDATE destinations SET
                acknowledged = CASE WHEN acknowledged > ? THEN acknowledged ELSE ? END,
                sealed_transaction_id = NULL, sealed_origin_server_ts = NULL,
                sealed_after = NULL, sealed_end = NULL, sealed_edus = NULL
            WHERE server = ? AND sealed_transaction_id = ?
            """;

    private OutboxStatements() {}
}
