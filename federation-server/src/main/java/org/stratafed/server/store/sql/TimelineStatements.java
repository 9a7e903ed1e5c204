package org.stratafed.server.store.sql;

/// The statements by which readers follow the stream and page through history.
final class TimelineStatements {

    private static final String EVENTS =
            "SELECT " + EventStatements.COLUMNS + EventStatements.JOINED;

    static final String STREAM =
            EVENTS + "WHERE e.position > ? AND e.position <= ? ORDER BY e.position LIMIT ?";

    static final String NEWEST =
            EVENTS
                    + """
                      WHERE r.room_id = ? AND e.history_order > ? AND e.history_order <= ?
                          AND e.position IS NOT NULL
                      ORDER BY e.history_order DESC LIMIT ?
                      """;

    static final String PAGE_BACKWARDS =
            EVENTS
                    + """
                      WHERE r.room_id = ? AND e.history_order < ?
                      ORDER BY e.history_order DESC LIMIT ?
                      """;

    static final String PAGE_FORWARDS =
            EVENTS
                    + """
                      WHERE r.room_id = ? AND e.history_order > ?
                      ORDER BY e.history_order LIMIT ?
                      """;

    static final String BY_TIME_FORWARDS =
            EVENTS
                    + """
                      WHERE r.room_id = ? AND e.history_order IS NOT NULL
                          AND (e.origin_server_ts, e.history_order) > (?, ?)
                      ORDER BY e.origin_server_ts, e.history_order LIMIT ?
                      """;

    static final String BY_TIME_BACKWARDS =
            EVENTS
                    + """
                      WHERE r.room_id = ? AND e.history_order IS NOT NULL
                          AND (e.origin_server_ts, e.history_order) < (?, ?)
                      ORDER BY e.origin_server_ts DESC, e.history_order DESC LIMIT ?
                      """;

    /// The plus keeps planners from going through all the room in its order.
    static final String REDACTIONS =
            "SELECT "
                    + EventStatements.COLUMNS
                    + EventStatements.JOINED_BY_EVENT
                    + """
                      WHERE r.room_id = ? AND e.redacts IN (#) AND e.history_order IS NOT NULL
                      ORDER BY +e.history_order
                      """;

    static final String CLIENT_TRANSACTIONS =
            """
            SELECT e.event_id, t.user_id, t.device_id, t.transaction_id
            FROM events e
            JOIN client_transactions t ON t.room_nid = e.room_nid AND t.event_nid = e.event_nid
            WHERE e.event_id IN (#)
            """;

    static final String BACKWARD_EXTREMITIES =
            """
            SELECT e.event_id, e.history_order, prev.event_id
            FROM rooms r
            JOIN backward_edges b ON b.room_nid = r.room_nid
            JOIN events e ON e.room_nid = b.room_nid AND e.event_nid = b.event_nid
            JOIN events prev ON prev.room_nid = b.room_nid AND prev.event_nid = b.prev_nid
            WHERE r.room_id = ? AND e.history_order IS NOT NULL
            ORDER BY e.history_order DESC, prev.event_id
            """;

    private TimelineStatements() {}
}
