package org.stratafed.simulator.check.rules;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.crypto.Sha256;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;

/// Redaction a second time, and what follows from it: what a signature of an event covers, and what
/// its ID is.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v11/#redactions">Redactions</a>
public final class RedactedForm {

    private static final List<String> TOP_LEVEL_OF_11 =
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
                    "auth_events",
                    "origin_server_ts");

    private static final List<String> TOP_LEVEL_UNTIL_10_TOO =
            List.of("prev_state", "origin", "membership");

    private static final List<String> POWER_LEVELS =
            List.of(
                    "ban",
                    "events",
                    "events_default",
                    "kick",
                    "redact",
                    "state_default",
                    "users",
                    "users_default");

    private final int version;
    private final boolean isFrom11;

    public RedactedForm(RoomVersion version) {
        this.version = Integer.parseInt(version.id());
        isFrom11 = this.version >= 11;
    }

    /// The event without everything that redaction takes away.
    public JsonObject of(JsonObject event) {
        var kept = JsonObject.builder();
        event.members()
                .forEach(
                        (key, value) -> {
                            if (isKept(key)) {
                                kept.put(key, value);
                            }
                        });
        event.object("content")
                .ifPresent(it -> kept.put("content", content(event.string("type"), it)));
        return kept.build();
    }

    private boolean isKept(String key) {
        return TOP_LEVEL_OF_11.contains(key) || (!isFrom11 && TOP_LEVEL_UNTIL_10_TOO.contains(key));
    }

    private JsonObject content(Optional<String> type, JsonObject content) {
        return switch (type.orElse("")) {
            case "m.room.member" -> member(content);
            case "m.room.create" -> isFrom11 ? content : only(content, List.of("creator"));
            case "m.room.join_rules" ->
                    version >= 8
                            ? only(content, List.of("join_rule", "allow"))
                            : only(content, List.of("join_rule"));
            case "m.room.aliases" ->
                    version <= 5 ? only(content, List.of("aliases")) : JsonObject.empty();
            case "m.room.power_levels" -> {
                var levels = only(content, POWER_LEVELS);
                yield isFrom11 && content.has("invite")
                        ? levels.with("invite", content.get("invite").orElseThrow())
                        : levels;
            }
            case "m.room.history_visibility" -> only(content, List.of("history_visibility"));
            case "m.room.redaction" ->
                    isFrom11 ? only(content, List.of("redacts")) : JsonObject.empty();
            default -> JsonObject.empty();
        };
    }

    private JsonObject member(JsonObject content) {
        var kept =
                version >= 9
                        ? only(content, List.of("membership", "join_authorised_via_users_server"))
                        : only(content, List.of("membership"));
        var invite = content.object("third_party_invite");
        return isFrom11 && invite.isPresent()
                ? kept.with("third_party_invite", only(invite.get(), List.of("signed")))
                : kept;
    }

    private static JsonObject only(JsonObject object, List<String> keys) {
        var kept = JsonObject.builder();
        keys.forEach(key -> kept.putIfPresent(key, object.get(key)));
        return kept.build();
    }

    /// What the event's ID has to be: up to room version 2 what the event says, after that `$` and
    /// the reference hash, the hash of the redacted event.
    public String eventId(JsonObject event) {
        if (version <= 2) {
            return event.string("event_id").orElse("");
        }
        var hashed = of(event).without("signatures", "age_ts", "unsigned");
        var hash = Sha256.digest(CanonicalJson.encode(hashed));
        return "$" + (version == 3 ? UnpaddedBase64.encode(hash) : UnpaddedBase64.encodeUrl(hash));
    }

    /// Up to room version 2, the server that an event's ID names, which has to sign it as well.
    public Optional<ServerName> serverOfId(JsonObject event) {
        var id = eventId(event);
        return version <= 2
                ? ServerName.parse(id.substring(id.indexOf(':') + 1))
                : Optional.empty();
    }

    /// Whether the event has the content that it was hashed with, or is redacted.
    public boolean isWholeOrRedacted(JsonObject event) {
        var hashed = event.without("unsigned", "signatures", "hashes");
        var hash = UnpaddedBase64.encode(Sha256.digest(CanonicalJson.encode(hashed)));
        return event.object("hashes").flatMap(it -> it.string("sha256")).equals(Optional.of(hash))
                || of(event).equals(event.without("unsigned"));
    }
}
