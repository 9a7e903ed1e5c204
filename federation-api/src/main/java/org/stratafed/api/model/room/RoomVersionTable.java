package org.stratafed.api.model.room;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import org.stratafed.api.model.room.RedactionRules.KeptContent;

/// The supported room versions: each is the one before with some behaviours changed.
///
/// Supporting an older version means writing down what the next one changed in it.
final class RoomVersionTable {

    /// The largest integer of canonical JSON.
    private static final long CANONICAL_INTEGER_MAX = (1L << 53) - 1;

    static final List<RoomVersionRules> RULES = rules();

    private RoomVersionTable() {}

    private static List<RoomVersionRules> rules() {
        RoomVersionRules v10 = version10();
        RoomVersionRules v11 = version11(v10);
        return List.of(v10, v11, version12(v11));
    }

    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v10/">Room version 10</a>
    private static RoomVersionRules version10() {
        var draft = new RoomVersionDraft(new RoomVersion("10"));
        draft.eventIdFormat = EventIdFormat.REFERENCE_HASH_URL_SAFE;
        draft.strictCanonicalJson = true;
        draft.depthMax = CANONICAL_INTEGER_MAX;
        draft.keyValidityEnforced = true;
        draft.redaction = redaction10();
        draft.createInAuthEvents = true;
        draft.stateResolution = StateResolutionVersion.V2;
        draft.creator = CreatorSource.CONTENT;
        draft.integerPowerLevels = true;
        draft.notificationsChecked = true;
        draft.knocking = true;
        draft.restrictedJoins = true;
        draft.knockRestricted = true;
        draft.federateAppliesToTargets = true;
        draft.implicitJoinRule = "invite";
        return draft.rules();
    }

    /// Tidies up redaction, and trusts the create event's sender to be the creator.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v11/">Room version 11</a>
    private static RoomVersionRules version11(RoomVersionRules v10) {
        var draft = new RoomVersionDraft(new RoomVersion("11"), v10);
        draft.redaction = redaction11(v10.redaction());
        draft.redactsInContent = true;
        draft.creator = CreatorSource.SENDER;
        return draft.rules();
    }

    /// Makes the room's ID its create event's, and its creators' power beyond dispute.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/">Room version 12</a>
    private static RoomVersionRules version12(RoomVersionRules v11) {
        var draft = new RoomVersionDraft(new RoomVersion("12"), v11);
        draft.roomIdIsCreateHash = true;
        draft.createInAuthEvents = false;
        draft.stateResolution = StateResolutionVersion.V2_1;
        draft.creator = CreatorSource.SENDER_AND_ADDITIONAL;
        draft.creatorsHaveInfinitePower = true;
        draft.inviteStateIsWhole = true;
        return draft.rules();
    }

    private static RedactionRules redaction10() {
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
                .withContent(
                        "m.room.member", keys("membership", "join_authorised_via_users_server"))
                .withContent("m.room.create", keys("creator"))
                .withContent("m.room.join_rules", keys("join_rule", "allow"))
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
                .withContent("m.room.history_visibility", keys("history_visibility"));
    }

    private static RedactionRules redaction11(RedactionRules before) {
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
