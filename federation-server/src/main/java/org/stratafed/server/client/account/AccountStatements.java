package org.stratafed.server.client.account;

/// The statements about accounts, their devices and what they keep here.
final class AccountStatements {

    static final String ADD_ACCOUNT =
            """
            INSERT INTO accounts (user_id, password_hash, admin, created_ts) VALUES (?, ?, ?, ?)
            ON CONFLICT (user_id) DO NOTHING
            """;

    static final String PASSWORD_HASH = "SELECT password_hash FROM accounts WHERE user_id = ?";

    static final String SAVE_DEVICE =
            """
            INSERT INTO devices (user_id, device_id, display_name, created_ts) VALUES (?, ?, ?, ?)
            ON CONFLICT (user_id, device_id) DO NOTHING
            """;

    static final String REMOVE_DEVICE = "DELETE FROM devices WHERE user_id = ? AND device_id = ?";

    static final String REMOVE_DEVICES = "DELETE FROM devices WHERE user_id = ?";

    static final String ADD_TOKEN =
            "INSERT INTO access_tokens (token_hash, user_id, device_id) VALUES (?, ?, ?)";

    static final String CALLER =
            "SELECT user_id, device_id FROM access_tokens WHERE token_hash = ?";

    static final String IS_ADMIN =
            """
            SELECT a.admin FROM access_tokens t JOIN accounts a ON a.user_id = t.user_id
            WHERE t.token_hash = ?
            """;

    static final String REMOVE_TOKENS_OF_DEVICE =
            "DELETE FROM access_tokens WHERE user_id = ? AND device_id = ?";

    static final String REMOVE_TOKENS = "DELETE FROM access_tokens WHERE user_id = ?";

    static final String SAME_FILTER =
            "SELECT filter_nid FROM filters WHERE user_id = ? AND filter = ?";

    static final String FILTERS = "SELECT COUNT(*) FROM filters WHERE user_id = ?";

    static final String ADD_FILTER =
            "INSERT INTO filters (user_id, filter_nid, filter) VALUES (?, ?, ?)";

    static final String FILTER = "SELECT filter FROM filters WHERE user_id = ? AND filter_nid = ?";

    static final String LAST_DATUM = "SELECT COALESCE(MAX(sequence), 0) FROM account_data";

    static final String SAVE_DATUM =
            """
            INSERT INTO account_data (user_id, room_id, type, content, sequence)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (user_id, room_id, type)
            DO UPDATE SET content = excluded.content, sequence = excluded.sequence
            """;

    static final String DATUM =
            "SELECT content FROM account_data WHERE user_id = ? AND room_id = ? AND type = ?";

    static final String DATA_AFTER =
            """
            SELECT room_id, type, content FROM account_data
            WHERE user_id = ? AND sequence > ? ORDER BY sequence
            """;

    private AccountStatements() {}
}
