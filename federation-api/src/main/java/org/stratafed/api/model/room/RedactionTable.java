package org.stratafed.api.model.room;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import org.stratafed.api.model.room.RedactionRules.KeptContent;

/// What redaction leaves in each room version that changed something about it.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#redactions">Redactions</a>
final class RedactionTable {

    private RedactionTable() {}

    static RedactionRules version1() {
        var topLevelKeys =
                new LinkedHashSet<>(
                        List.of(
                                "event_id",
                                "type",
                                "room_id",
                                "sender",
                                "state_key",
                                "content",
                                "hashes",
                                "signatures",
                                "depth",
                                "prev_events",
                                "prev_state",
                                "auth_events",
                                "origin",
                                "origin_server_ts",
                                "membership"));
        return new RedactionRules(topLevelKeys, new LinkedHashMap<>())
                .withContent("m.room.member", keys("membership"))
                .withContent("m.room.create", keys("creator"))
                .withContent("m.room.join_rules", keys("join_rule"))
                .withContent(
                        "m.room.power_levels",
                        keys(
                                "ban",
                                "events",
                                "events_default",
                                "kick",
                                "redact",
                                "state_default",
                                "users",
                                "users_default"))
                .withContent("m.room.aliases", keys("aliases"))
                .withContent("m.room.history_visibility", keys("history_visibility"));
    }

    static RedactionRules version6(RedactionRules before) {
        return before.withoutContent("m.room.aliases");
    }

    static RedactionRules version8(RedactionRules before) {
        return before.withContent("m.room.join_rules", keys("join_rule", "allow"));
    }

    static RedactionRules version9(RedactionRules before) {
        return before.withContent(
                "m.room.member", keys("membership", "join_authorised_via_users_server"));
    }

    static RedactionRules version11(RedactionRules before) {
        var signedInvite = new LinkedHashMap<String, List<String>>();
        signedInvite.put("third_party_invite", List.of("signed"));
        return before.withoutTopLevel("prev_state", "origin", "membership")
                .withContent(
                        "m.room.member",
                        new KeptContent.Keys(
                                List.of("membership", "join_authorised_via_users_server"),
                                signedInvite))
                .withContent("m.room.create", new KeptContent.Everything())
                .withContent(
                        "m.room.power_levels",
                        keys(
                                "ban",
                                "events",
                                "events_default",
                                "invite",
                                "kick",
                                "redact",
                                "state_default",
                                "users",
                                "users_default"))
                .withContent("m.room.redaction", keys("redacts"));
    }

    private static KeptContent keys(String... keys) {
        return new KeptContent.Keys(List.of(keys));
    }
}
