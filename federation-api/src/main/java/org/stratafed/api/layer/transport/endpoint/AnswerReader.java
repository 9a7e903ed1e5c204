package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonNull;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;

/// Reads what a peer answered. What hasn't the endpoint's shape is an [IllegalArgumentException];
/// an entry of a list that can't be what it should be spoils only itself, unless what is left
/// would be taken for the whole.
final class AnswerReader {

    private AnswerReader() {}

    static JsonObject object(JsonValue json) {
        if (json instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException("not an object");
    }

    static JsonObject object(JsonObject answer, String key) {
        return answer.object(key)
                .orElseThrow(() -> new IllegalArgumentException(key + " is not an object"));
    }

    static <T> T string(JsonObject answer, String key, Function<String, Optional<T>> grammar) {
        return answer.string(key)
                .flatMap(grammar)
                .orElseThrow(() -> new IllegalArgumentException(key + " is missing or malformed"));
    }

    /// The events of a list. What isn't even an object is left out.
    static List<RawPdu> pdus(JsonObject answer, String key) {
        return array(answer, key).objects().stream().map(RawPdu::new).toList();
    }

    /// Ids of events, all of them: a state with gaps is no state.
    static List<EventId> eventIds(JsonObject answer, String key) {
        return array(answer, key).strings().orElseThrow(() -> malformedIn(key)).stream()
                .map(id -> EventId.parse(id).orElseThrow(() -> malformedIn(key)))
                .toList();
    }

    /// Names of servers that may help. The malformed ones wouldn't.
    static List<ServerName> servers(JsonObject answer, String key) {
        return answer.array(key).orElse(JsonArray.empty()).items().stream()
                .flatMap(AnswerReader::server)
                .toList();
    }

    private static Stream<ServerName> server(JsonValue item) {
        return item instanceof JsonString(var name)
                ? ServerName.parse(name).stream()
                : Stream.empty();
    }

    /// A required array. `null` is what some servers make of an empty one.
    private static JsonArray array(JsonObject answer, String key) {
        return switch (answer.get(key).orElse(null)) {
            case JsonArray array -> array;
            case JsonNull _ -> JsonArray.empty();
            case null, default -> throw new IllegalArgumentException(key + " is not an array");
        };
    }

    private static IllegalArgumentException malformedIn(String key) {
        return new IllegalArgumentException(key + " has an entry that is no event id");
    }
}
