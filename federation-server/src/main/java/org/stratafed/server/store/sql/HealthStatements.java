package org.stratafed.server.store.sql;

/// The statements about gaps and state resets.
final class HealthStatements {

    static final String GAPS =
            """
            SELECT event_id, waiting, endings, asked, attempts, since_ts, next_ts FROM gaps
            WHERE room_id = ? ORDER BY event_id
            """;

    static final String ROOMS_WITH_GAPS = "SELECT DISTINCT room_id FROM gaps ORDER BY room_id";

    static final String SAVE_GAP =
            """
            INSERT INTO gaps
                (room_id, event_id, waiting, endings, asked, attempts, since_ts, next_ts)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (room_id, event_id) DO UPDATE SET
                waiting = excluded.waiting, endings = excluded.endings, asked = excluded.asked,
                attempts = excluded.attempts, since_ts = excluded.since_ts,
                next_ts = excluded.next_ts
            """;

    static final String REMOVE_GAP = "DELETE FROM gaps WHERE room_id = ? AND event_id = ?";

    static final String ADD_RESET =
            """
            INSERT INTO state_resets
                (room_id, at_ts, type, state_key, former, chosen, sides, placed, step, comparison)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String RESETS =
            """
            SELECT room_id, at_ts, type, state_key, former, chosen, sides, placed, step, comparison
            FROM state_resets
            """;

    static final String RESETS_OF_ROOM = RESETS + "WHERE room_id = ? ORDER BY reset_nid DESC";

    static final String ALL_RESETS = RESETS + "ORDER BY reset_nid DESC";

    static final String TRIM_RESETS_OF_ROOM =
            """
            DELETE FROM state_resets WHERE room_id = ? AND reset_nid <= (
                SELECT reset_nid FROM state_resets WHERE room_id = ?
                ORDER BY reset_nid DESC LIMIT 1 OFFSET ?)
            """;

    static final String TRIM_RESETS =
            """
            DELETE FROM state_resets WHERE reset_nid <= (
                SELECT reset_nid FROM state_resets ORDER BY reset_nid DESC LIMIT 1 OFFSET ?)
            """;

    private HealthStatements() {}
}
