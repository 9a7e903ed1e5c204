package org.stratafed.server.store.sql;

/// The statements about aliases, users and profiles.
final class DirectoryStatements {

    static final String ALIAS = "SELECT room_id FROM aliases WHERE alias = ?";

    static final String ALIASES = "SELECT alias FROM aliases WHERE room_id = ? ORDER BY alias";

    static final String ALIAS_CREATOR = "SELECT creator FROM aliases WHERE alias = ?";

    static final String ADD_ALIAS =
            """
            INSERT INTO aliases (alias, room_id, creator) VALUES (?, ?, ?)
            ON CONFLICT (alias) DO NOTHING
            """;

    static final String REMOVE_ALIAS = "DELETE FROM aliases WHERE alias = ?";

    static final String PUBLISH =
            "INSERT INTO published_rooms (room_id) VALUES (?) ON CONFLICT (room_id) DO NOTHING";

    static final String UNPUBLISH = "DELETE FROM published_rooms WHERE room_id = ?";

    static final String IS_PUBLISHED = "SELECT 1 FROM published_rooms WHERE room_id = ?";

    static final String PUBLISHED_AFTER =
            """
            SELECT published_nid, room_id FROM published_rooms
            WHERE published_nid > ? ORDER BY published_nid LIMIT ?
            """;

    static final String PUBLISHED_BEFORE =
            """
            SELECT published_nid, room_id FROM published_rooms
            WHERE published_nid < ? ORDER BY published_nid DESC LIMIT ?
            """;

    static final String PUBLISHED_COUNT = "SELECT COUNT(*) FROM published_rooms";

    static final String USER = "SELECT 1 FROM users WHERE user_id = ?";

    static final String ADD_USER =
            "INSERT INTO users (user_id) VALUES (?) ON CONFLICT (user_id) DO NOTHING";

    static final String PROFILE = "SELECT profile FROM profiles WHERE user_id = ?";

    static final String SAVE_PROFILE =
            """
            INSERT INTO profiles (user_id, profile) VALUES (?, ?)
            ON CONFLICT (user_id) DO UPDATE SET profile = excluded.profile
            """;

    static final String SAVE_UNTOLD =
            """
            INSERT INTO untold_leaves (user_id, room_id, version, servers, content, tries,
                next_try_ts)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (user_id, room_id) DO UPDATE SET version = excluded.version,
                servers = excluded.servers, content = excluded.content, tries = excluded.tries,
                next_try_ts = excluded.next_try_ts
            """;

    static final String REMOVE_UNTOLD =
            "DELETE FROM untold_leaves WHERE user_id = ? AND room_id = ?";

    static final String UNTOLD =
            """
            SELECT user_id, room_id, version, servers, content, tries, next_try_ts
            FROM untold_leaves ORDER BY next_try_ts, user_id, room_id LIMIT ?
            """;

    static final String FORGET =
            """
            INSERT INTO forgotten_rooms (user_id, room_id, position) VALUES (?, ?, ?)
            ON CONFLICT (user_id, room_id) DO UPDATE SET position = excluded.position
            """;

    static final String FORGOTTEN =
            "SELECT room_id, position FROM forgotten_rooms WHERE user_id = ? ORDER BY room_id";

    private DirectoryStatements() {}
}
