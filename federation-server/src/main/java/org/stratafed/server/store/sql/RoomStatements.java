package org.stratafed.server.store.sql;

/// The statements about rooms as a whole: their tips, what waits in them, who asked for what.
final class RoomStatements {

    static final String ROOM =
            """
            SELECT room_nid, version, revision, current_line, current_version, next_line,
                next_event_nid, partial_servers
            FROM rooms WHERE room_id = ?
            """;

    static final String NEW_ROOM =
            """
            INSERT INTO rooms (room_id, version, revision, current_line, current_version,
                next_line, next_event_nid)
            VALUES (?, ?, 0, 0, 0, 0, 1)
            RETURNING room_nid
            """;

    static final String ADVANCE_ROOM =
            """
            UPDATE rooms SET revision = ?, current_line = ?, current_version = ?, next_line = ?,
                next_event_nid = ?, partial_servers = ?, version = ?
            WHERE room_nid = ?
            """;

    static final String NUMBER_EVENTS_UP_TO =
            "UPDATE rooms SET next_event_nid = ? WHERE room_nid = ?";

    static final String EXTREMITIES =
            """
            SELECT e.event_id, e.depth, e.after_line, e.after_version
            FROM forward_extremities f
            JOIN events e ON e.room_nid = f.room_nid AND e.event_nid = f.event_nid
            WHERE f.room_nid = ?
            ORDER BY f.ordinal
            """;

    static final String CLEAR_EXTREMITIES = "DELETE FROM forward_extremities WHERE room_nid = ?";

    static final String ADD_EXTREMITY =
            "INSERT INTO forward_extremities (room_nid, ordinal, event_nid) VALUES (?, ?, ?)";

    static final String POSITION = "SELECT position FROM stream WHERE stream_nid = 1";

    static final String MOVE_POSITION = "UPDATE stream SET position = ? WHERE stream_nid = 1";

    static final String ROOM_OF_EVENT =
            """
            SELECT r.room_id
            FROM events e JOIN rooms r ON r.room_nid = e.room_nid
            WHERE e.event_id = ? AND e.kind IS NOT NULL
            ORDER BY e.room_nid LIMIT 1
            """;

    static final String EVENT_OF_CLIENT_TRANSACTION =
            """
            SELECT e.event_id
            FROM rooms r
            JOIN client_transactions t ON t.room_nid = r.room_nid
            JOIN events e ON e.room_nid = t.room_nid AND e.event_nid = t.event_nid
            WHERE r.room_id = ? AND t.user_id = ? AND t.device_id = ? AND t.transaction_id = ?
            """;

    static final String ADD_CLIENT_TRANSACTION =
            """
            INSERT INTO client_transactions (room_nid, user_id, device_id, transaction_id,
                event_nid)
            VALUES (?, ?, ?, ?, ?)
            """;

    static final String STAGED =
            """
            SELECT s.event_id, s.origin, s.reason, s.json
            FROM staged_events s JOIN rooms r ON r.room_nid = s.room_nid
            WHERE r.room_id = ?
            ORDER BY s.staged_nid
            """;

    static final String ROOMS_WITH_STAGED =
            """
            SELECT room_id FROM rooms
            WHERE room_nid IN (SELECT room_nid FROM staged_events)
            ORDER BY room_nid
            """;

    static final String STAGE =
            """
            INSERT INTO staged_events (room_nid, event_id, origin, reason, json, peer_nid,
                transaction_nid)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (room_nid, event_id) DO NOTHING
            """;

    static final String UNSTAGE = "DELETE FROM staged_events WHERE room_nid = ? AND event_id = ?";

    private RoomStatements() {}
}
