package org.stratafed.api.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Canonical JSON in the plainest way there is, to compare with: it shares nothing with the
/// encoder under test. Keys are sorted by their UTF-8 bytes.
final class NaiveCanonicalJson {

    private NaiveCanonicalJson() {}

    static String text(JsonValue value) {
        return switch (value) {
            case JsonObject object -> {
                var sorted =
                        new TreeMap<String, JsonValue>(
                                (a, b) ->
                                        Arrays.compareUnsigned(
                                                a.getBytes(UTF_8), b.getBytes(UTF_8)));
                sorted.putAll(object.members());
                yield sorted.entrySet().stream()
                        .map(NaiveCanonicalJson::member)
                        .collect(Collectors.joining(",", "{", "}"));
            }
            case JsonArray(var items) ->
                    items.stream()
                            .map(NaiveCanonicalJson::text)
                            .collect(Collectors.joining(",", "[", "]"));
            case JsonString(var string) -> string(string);
            case JsonNumber number -> Long.toString(number.asLong().orElseThrow());
            case JsonBoolean(var bool) -> Boolean.toString(bool);
            case JsonNull _ -> "null";
        };
    }

    private static String member(Map.Entry<String, JsonValue> member) {
        return string(member.getKey()) + ":" + text(member.getValue());
    }

    private static String string(String string) {
        return string.codePoints()
                .mapToObj(NaiveCanonicalJson::codePoint)
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static String codePoint(int codePoint) {
        return switch (codePoint) {
            case 0x08 -> "\\b";
            case 0x09 -> "\\t";
            case 0x0A -> "\\n";
            case 0x0C -> "\\f";
            case 0x0D -> "\\r";
            case 0x22 -> "\\\"";
            case 0x5C -> "\\\\";
            default ->
                    codePoint < 0x20
                            ? String.format("\\u%04x", codePoint)
                            : Character.toString(codePoint);
        };
    }
}
