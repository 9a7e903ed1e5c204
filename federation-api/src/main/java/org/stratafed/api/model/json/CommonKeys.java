package org.stratafed.api.model.json;

import java.util.List;

/// Keys that many events have, so that all events share one copy of each: in a small event the
/// keys take up more memory than the values.
///
/// The table never changes, so it needs no lock and can't be crowded by what peers send.
final class CommonKeys {

    static final List<String> KEYS =
            List.of(
                    // Events and transactions
                    "type",
                    "sender",
                    "room_id",
                    "event_id",
                    "state_key",
                    "content",
                    "hashes",
                    "sha256",
                    "signatures",
                    "depth",
                    "prev_events",
                    "auth_events",
                    "origin",
                    "origin_server_ts",
                    "unsigned",
                    "age",
                    "age_ts",
                    "redacts",
                    "pdus",
                    "edus",
                    "edu_type",
                    // State
                    "membership",
                    "displayname",
                    "avatar_url",
                    "join_authorised_via_users_server",
                    "reason",
                    "creator",
                    "room_version",
                    "join_rule",
                    "allow",
                    "history_visibility",
                    "guest_access",
                    "name",
                    "topic",
                    "users",
                    "users_default",
                    "events",
                    "events_default",
                    "state_default",
                    "ban",
                    "kick",
                    "redact",
                    "invite",
                    "notifications",
                    // Messages
                    "msgtype",
                    "body",
                    "format",
                    "formatted_body",
                    "url",
                    "info",
                    "mimetype",
                    "size",
                    "w",
                    "h",
                    "m.mentions",
                    "user_ids",
                    "m.relates_to",
                    "m.in_reply_to",
                    "rel_type",
                    "key",
                    "m.new_content",
                    "is_falling_back",
                    "algorithm",
                    "ciphertext",
                    "sender_key",
                    "session_id",
                    "device_id");

    private static final int SLOTS = 1024;
    private static final int LENGTH_MAX = 32;
    private static final String[] TABLE = table();

    private CommonKeys() {}

    /// The common key that these bytes are, or `null` if they are none: called for every key there
    /// is, this spares an `Optional` each.
    static String find(byte[] text, int start, int end) {
        int length = end - start;
        if (length == 0 || length > LENGTH_MAX) {
            return null;
        }
        String key = TABLE[slot(length, text[start], text[start + length / 2], text[end - 1])];
        return key != null && isSpeltBy(key, text, start, length) ? key : null;
    }

    private static boolean isSpeltBy(String key, byte[] text, int start, int length) {
        if (key.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (key.charAt(i) != text[start + i]) {
                return false;
            }
        }
        return true;
    }

    /// Where two keys share a slot, the later one is left out: it isn't wrong, only not shared.
    private static String[] table() {
        var table = new String[SLOTS];
        for (String key : KEYS) {
            int length = key.length();
            int slot = slot(length, key.charAt(0), key.charAt(length / 2), key.charAt(length - 1));
            if (table[slot] == null) {
                table[slot] = key;
            }
        }
        return table;
    }

    private static int slot(int length, int first, int middle, int last) {
        return (length * 31 + first * 7 + middle * 147 + last * 521) & SLOTS - 1;
    }
}
