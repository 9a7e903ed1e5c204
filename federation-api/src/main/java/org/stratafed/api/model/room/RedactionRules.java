package org.stratafed.api.model.room;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// What redaction leaves of an event. What it takes away is neither signed nor part of the event's
/// identity, so a key too many or too few makes every event of that type unverifiable.
///
/// @param topLevelKeys the event's own keys that stay
/// @param contentByType what stays of `content`; of a type not listed nothing does
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v11/#redactions">Redactions</a>
public record RedactionRules(
        SequencedSet<String> topLevelKeys, SequencedMap<String, KeptContent> contentByType) {

    /// What stays of an event's `content`.
    public sealed interface KeptContent {

        KeptContent NONE = new Keys(List.of(), new LinkedHashMap<>());

        /// All of it, whatever it is.
        record Everything() implements KeptContent {}

        /// The values at these keys, whole and unchecked, and of the objects at the nested keys
        /// the values at theirs. A value at a nested key that isn't an object doesn't stay; of an
        /// object without such keys `{}` does.
        record Keys(List<String> keys, SequencedMap<String, List<String>> nested)
                implements KeptContent {

            public Keys {
                keys = List.copyOf(keys);
                nested = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(nested));
            }

            Keys(List<String> keys) {
                this(keys, new LinkedHashMap<>());
            }
        }
    }

    public RedactionRules {
        topLevelKeys = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(topLevelKeys));
        contentByType = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(contentByType));
    }

    public KeptContent contentOf(String type) {
        return contentByType.getOrDefault(type, KeptContent.NONE);
    }

    /// What is left of the event, in the order it had. `unsigned` goes too.
    public JsonObject redact(JsonObject event) {
        String type = event.string("type").orElse("");
        var kept = JsonObject.builder();
        event.members()
                .forEach(
                        (key, value) -> {
                            if (topLevelKeys.contains(key)) {
                                kept.put(key, key.equals("content") ? content(type, value) : value);
                            }
                        });
        return kept.build();
    }

    private JsonValue content(String type, JsonValue content) {
        return switch (contentOf(type)) {
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

    RedactionRules withoutTopLevel(String... keys) {
        var kept = new LinkedHashSet<>(topLevelKeys);
        kept.removeAll(List.of(keys));
        return new RedactionRules(kept, contentByType);
    }

    RedactionRules withoutContent(String type) {
        var kept = new LinkedHashMap<>(contentByType);
        kept.remove(type);
        return new RedactionRules(topLevelKeys, kept);
    }

    RedactionRules withContent(String type, KeptContent content) {
        var kept = new LinkedHashMap<>(contentByType);
        kept.put(type, content);
        return new RedactionRules(topLevelKeys, kept);
    }
}
