package org.stratafed.server.store.sql;

/// The statements about who is, or was, in which room.
final class MembershipStatements {

    static final String ADD_JOINED =
            """
            INSERT INTO joined_members (room_nid, server, user_id) VALUES (?, ?, ?)
            ON CONFLICT (room_nid, server, user_id) DO NOTHING
            """;

    static final String REMOVE_JOINED =
            "DELETE FROM joined_members WHERE room_nid = ? AND server = ? AND user_id = ?";

    static final String COUNT_JOINED =
            """
            INSERT INTO resident_servers (room_nid, server, joined_members) VALUES (?, ?, ?)
            ON CONFLICT (room_nid, server) DO UPDATE SET
                joined_members = resident_servers.joined_members + excluded.joined_members
            """;

    static final String ADD_CHANGE =
            """
            INSERT INTO membership_changes (user_id, room_nid, position, membership, event_nid,
                in_room, stripped_state)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """;

    static final String LAST_EVENT =
            """
            SELECT event_nid FROM membership_changes
            WHERE user_id = ? AND room_nid = ?
            ORDER BY position DESC LIMIT 1
            """;

    private static final String CHANGES =
            """
            SELECT r.room_id, e.event_id, e.redacts, j.json, m.membership, m.position, m.in_room,
                m.stripped_state, (
                    SELECT p.membership FROM membership_changes p
                    WHERE p.user_id = m.user_id AND p.room_nid = m.room_nid
                        AND p.position < m.position
                    ORDER BY p.position DESC LIMIT 1)
            FROM membership_changes m
            JOIN rooms r ON r.room_nid = m.room_nid
            JOIN events e ON e.room_nid = m.room_nid AND e.event_nid = m.event_nid
            JOIN event_json j ON j.json_nid = e.json_nid
            WHERE m.user_id = ?
            """;

    static final String NEWEST_CHANGES =
            CHANGES
                    + """
                      AND m.position = (
                          SELECT MAX(n.position) FROM membership_changes n
                          WHERE n.user_id = m.user_id AND n.room_nid = m.room_nid
                              AND n.position <= ?)
                      ORDER BY m.position
                      """;

    static final String CHANGES_BETWEEN =
            CHANGES + "AND m.position > ? AND m.position <= ? ORDER BY m.position";

    static final String RESIDENT_SERVERS =
            """
            SELECT s.server
            FROM rooms r JOIN resident_servers s ON s.room_nid = r.room_nid
            WHERE r.room_id = ? AND s.joined_members > 0
            ORDER BY s.server
            """;

    static final String JOINED_MEMBERS =
            """
            SELECT r.room_id, SUM(s.joined_members)
            FROM rooms r JOIN resident_servers s ON s.room_nid = r.room_nid
            WHERE r.room_id IN (#)
            GROUP BY r.room_id
            """;

    static final String EVER_RESIDENT =
            """
            SELECT 1
            FROM rooms r JOIN resident_servers s ON s.room_nid = r.room_nid
            WHERE r.room_id = ? AND s.server = ?
            """;

    static final String MEMBERS_OF_SERVER =
            """
            SELECT m.user_id
            FROM rooms r JOIN joined_members m ON m.room_nid = r.room_nid
            WHERE r.room_id = ? AND m.server = ?
            ORDER BY m.user_id
            """;

    private MembershipStatements() {}
}
