package org.stratafed.server.store.sql;

/// The statements about single events and what they cite.
final class EventStatements {

    /// What [EventRows] reads, in its order.
    static final String COLUMNS =
            """
            r.room_id, e.event_id, e.redacts, j.json, e.kind, e.status, e.refusal_check,
            e.refusal_reason, e.before_line, e.before_version, e.after_line, e.after_version,
            e.position, e.history_order, e.refusal_rule, e.refusal_deciding
            """;

    static final String JOINED =
            """
            FROM rooms r
            JOIN events e ON e.room_nid = r.room_nid
            JOIN event_json j ON j.json_nid = e.json_nid
            """;

    /// The same for some events, found by what they are. The plus keeps planners from what looks as
    /// good to them, which is to go through all events of the room.
    static final String JOINED_BY_EVENT =
            """
            FROM rooms r
            JOIN events e ON +e.room_nid = r.room_nid
            JOIN event_json j ON j.json_nid = e.json_nid
            """;

    static final String EVENTS =
            "SELECT " + COLUMNS + JOINED_BY_EVENT + "WHERE r.room_id = ? AND e.event_id IN (#)";

    static final String NUMBERS =
            """
            SELECT event_id, event_nid, kind, position, history_order, json_nid
            FROM events WHERE +room_nid = ? AND event_id IN (#)
            """;

    static final String AUTH_CHAINS =
            """
            WITH RECURSIVE chain (room_nid, event_nid) AS (
                SELECT e.room_nid, e.event_nid
                FROM rooms r JOIN events e ON e.room_nid = r.room_nid
                WHERE r.room_id = ? AND e.event_id IN (#)
                UNION
                SELECT a.room_nid, a.auth_nid
                FROM chain c
                JOIN event_auth a ON a.room_nid = c.room_nid AND a.event_nid = c.event_nid
            )
            SELECT e.event_id, cited.event_id
            FROM chain c
            JOIN events e ON e.room_nid = c.room_nid AND e.event_nid = c.event_nid
            LEFT JOIN event_auth a ON a.room_nid = c.room_nid AND a.event_nid = c.event_nid
            LEFT JOIN events cited ON cited.room_nid = a.room_nid AND cited.event_nid = a.auth_nid
                AND cited.kind IS NOT NULL
            WHERE e.kind IS NOT NULL
            """;

    static final String CITE =
            "INSERT INTO events (room_nid, event_nid, event_id) VALUES (?, ?, ?)";

    static final String WRITE =
            """
            INSERT INTO events (room_nid, event_nid, event_id, kind, status, refusal_check,
                refusal_reason, before_line, before_version, after_line, after_version, position,
                history_order, depth, origin_server_ts, state_key_nid, redacts, json_nid,
                refusal_rule, refusal_deciding, peer_nid, transaction_nid)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (room_nid, event_nid) DO UPDATE SET
                kind = excluded.kind, status = excluded.status,
                refusal_check = excluded.refusal_check, refusal_reason = excluded.refusal_reason,
                before_line = excluded.before_line, before_version = excluded.before_version,
                after_line = excluded.after_line, after_version = excluded.after_version,
                position = excluded.position, history_order = excluded.history_order,
                depth = excluded.depth, origin_server_ts = excluded.origin_server_ts,
                state_key_nid = excluded.state_key_nid, redacts = excluded.redacts,
                json_nid = excluded.json_nid, refusal_rule = excluded.refusal_rule,
                refusal_deciding = excluded.refusal_deciding,
                transaction_nid = CASE WHEN excluded.peer_nid IS NULL
                    THEN events.transaction_nid ELSE excluded.transaction_nid END,
                peer_nid = COALESCE(excluded.peer_nid, events.peer_nid)
            """;

    static final String JSON =
            """
            SELECT j.json
            FROM events e JOIN event_json j ON j.json_nid = e.json_nid
            WHERE e.room_nid = ? AND e.event_nid = ?
            """;

    static final String ADD_JSON = "INSERT INTO event_json (json) VALUES (?) RETURNING json_nid";

    static final String REPLACE_JSON = "UPDATE event_json SET json = ? WHERE json_nid = ?";

    static final String ADD_AUTH =
            """
            INSERT INTO event_auth (room_nid, event_nid, auth_nid) VALUES (?, ?, ?)
            ON CONFLICT (room_nid, event_nid, auth_nid) DO NOTHING
            """;

    static final String ADD_BACKWARD_EDGE =
            """
            INSERT INTO backward_edges (room_nid, prev_nid, event_nid) VALUES (?, ?, ?)
            ON CONFLICT (room_nid, prev_nid, event_nid) DO NOTHING
            """;

    static final String REMOVE_BACKWARD_EDGES =
            "DELETE FROM backward_edges WHERE room_nid = ? AND prev_nid = ?";

    /// The orders that are taken below one, largest first.
    static final String ORDERS_BELOW =
            """
            SELECT history_order FROM events
            WHERE room_nid = ? AND history_order < ?
            ORDER BY history_order DESC
            """;

    private EventStatements() {}
}
