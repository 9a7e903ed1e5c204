package org.stratafed.server.store.sql;

/// The statements about the lines of rooms' states.
final class StateStatements {

    private static final String LINEAGE =
            """
            WITH RECURSIVE lineage (room_nid, line, version, distance) AS (
                SELECT l.room_nid, l.line, CAST(? AS INTEGER), 0
                FROM rooms r JOIN state_lines l ON l.room_nid = r.room_nid
                WHERE r.room_id = ? AND l.line = ?
                UNION ALL
                SELECT l.room_nid, l.parent_line, l.parent_version, g.distance + 1
                FROM lineage g
                JOIN state_lines l ON l.room_nid = g.room_nid AND l.line = g.line
                WHERE l.parent_line IS NOT NULL
            )
            """;

    private static final String ACTIVE_ROWS =
            """
            LEFT JOIN state_line_rows s ON s.room_nid = g.room_nid AND s.line = g.line
                AND s.from_version <= g.version
                AND (s.to_version IS NULL OR s.to_version > g.version)
            """;

    /// The rows of a line at a version, then those of its parent at the point it starts from, and
    /// so on. A line without any has one empty row, so that only an unknown one has none.
    static final String STATE =
            LINEAGE
                    + "SELECT s.state_key_nid, e.event_id, k.type, k.state_key FROM lineage g "
                    + ACTIVE_ROWS
                    + """
                      LEFT JOIN state_keys k ON k.state_key_nid = s.state_key_nid
                      LEFT JOIN events e ON e.room_nid = s.room_nid AND e.event_nid = s.event_nid
                      ORDER BY g.distance
                      """;

    /// The same of some keys only.
    static final String STATE_OF_KEYS =
            LINEAGE
                    + "SELECT s.state_key_nid, e.event_id FROM lineage g "
                    + ACTIVE_ROWS
                    + """
                          AND s.state_key_nid IN (#)
                      LEFT JOIN events e ON e.room_nid = s.room_nid AND e.event_nid = s.event_nid
                      ORDER BY g.distance
                      """;

    static final String LINE_HEADS =
            """
            SELECT l.line, l.head_version
            FROM rooms r JOIN state_lines l ON l.room_nid = r.room_nid
            WHERE r.room_id = ? AND l.line IN (#)
            ORDER BY l.line
            """;

    static final String STATE_KEY =
            "SELECT state_key_nid FROM state_keys WHERE type = ? AND state_key = ?";

    static final String ADD_STATE_KEY =
            "INSERT INTO state_keys (type, state_key) VALUES (?, ?) RETURNING state_key_nid";

    static final String OPEN_LINE =
            """
            INSERT INTO state_lines (room_nid, line, parent_line, parent_version, head_version)
            VALUES (?, ?, ?, ?, 0)
            """;

    static final String MOVE_HEAD =
            """
            UPDATE state_lines SET head_version = ?
            WHERE room_nid = ? AND line = ? AND head_version <= ?
            """;

    static final String END_ROW =
            """
            UPDATE state_line_rows SET to_version = ?
            WHERE room_nid = ? AND line = ? AND state_key_nid = ? AND to_version IS NULL
                AND from_version < ?
            """;

    static final String ADD_ROW =
            """
            INSERT INTO state_line_rows (room_nid, line, state_key_nid, from_version, event_nid)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (room_nid, line, state_key_nid, from_version)
                DO UPDATE SET event_nid = excluded.event_nid
            """;

    static final String MOVE_CURRENT =
            """
            INSERT INTO current_moves (room_nid, position, line, version) VALUES (?, ?, ?, ?)
            ON CONFLICT (room_nid, position)
                DO UPDATE SET line = excluded.line, version = excluded.version
            """;

    static final String CURRENT_AT =
            """
            SELECT m.line, m.version
            FROM rooms r JOIN current_moves m ON m.room_nid = r.room_nid
            WHERE r.room_id = ? AND m.position <= ?
            ORDER BY m.position DESC LIMIT 1
            """;

    private StateStatements() {}
}
