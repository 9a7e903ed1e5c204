package org.stratafed.server.engine.pdu.event;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.RedactionRules.KeptContent;
import org.stratafed.api.model.room.RoomVersionRules;

/// Takes away everything of an event that the room doesn't need to go on working.
///
/// What is left is what signatures and event IDs cover. So this is part of signing, of checking
/// signatures and of naming an event, besides being what a redaction does.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#redactions">Redactions</a>
public final class Redaction {

    private Redaction() {}

    /// What the room version leaves of the event, in the order it had. `unsigned` goes too.
    public static JsonObject redact(RoomVersionRules rules, JsonObject event) {
        String type = event.string("type").orElse("");
        var kept = JsonObject.builder();
        event.members()
                .forEach(
                        (key, value) -> {
                            if (rules.redaction().topLevelKeys().contains(key)) {
                                kept.put(
                                        key,
                                        key.equals("content")
                                                ? content(rules, type, value)
                                                : value);
                            }
                        });
        return kept.build();
    }

    private static JsonValue content(RoomVersionRules rules, String type, JsonValue content) {
        return switch (rules.redaction().contentOf(type)) {
            case KeptContent.Everything _ -> content;
            case KeptContent.Keys keys ->
                    content instanceof JsonObject object ? only(keys, object) : JsonObject.empty();
        };
    }

    private static JsonObject only(KeptContent.Keys keys, JsonObject content) {
        var kept = JsonObject.builder();
        keys.keys().forEach(key -> kept.putIfPresent(key, content.get(key)));
        keys.nested()
                .forEach((key, inner) -> kept.putIfPresent(key, only(inner, content.object(key))));
        return kept.build();
    }

    private static Optional<JsonObject> only(List<String> keys, Optional<JsonObject> object) {
        return object.map(
                members -> {
                    var kept = JsonObject.builder();
                    keys.forEach(key -> kept.putIfPresent(key, members.get(key)));
                    return kept.build();
                });
    }
}
