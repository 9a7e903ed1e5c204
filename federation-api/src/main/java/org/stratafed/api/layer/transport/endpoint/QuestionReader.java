package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonNull;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// Reads what a peer asks, and refuses what hasn't the endpoint's shape: a parameter or a required
/// member that isn't there is `M_MISSING_PARAM`, one that isn't what it should be
/// `M_INVALID_PARAM`, a member of another JSON type `M_BAD_JSON`.
///
/// A member that is `null` is as good as absent; where an array is asked for it is the empty one,
/// which is what some servers make of it.
final class QuestionReader {

    private QuestionReader() {}

    /// A parameter of the path.
    static <T> T path(
            RequestParts parts, int index, String name, Function<String, Optional<T>> grammar) {
        return parsed(parts.path().get(index), name, grammar);
    }

    /// A parameter of the query that has to be there.
    static <T> T query(RequestParts parts, String name, Function<String, Optional<T>> grammar) {
        var value = parts.query(name).orElseThrow(() -> missing(name));
        return parsed(value, name, grammar);
    }

    /// A parameter of the query that may repeat and has to be there at least once.
    static <T> List<T> queryAll(
            RequestParts parts, String name, Function<String, Optional<T>> grammar) {
        var values = parts.queryAll(name);
        if (values.isEmpty()) {
            throw missing(name);
        }
        return values.stream().map(value -> parsed(value, name, grammar)).toList();
    }

    /// A parameter of the query that is `true` or `false`; absent means `false`.
    static boolean flag(RequestParts parts, String name) {
        return parts.query(name).isPresent() && query(parts, name, QuestionReader::flag);
    }

    private static Optional<Boolean> flag(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    static JsonObject body(RequestParts parts) {
        return parts.body().orElseThrow(() -> MatrixException.badJson("no body"));
    }

    static String string(JsonObject object, String key) {
        present(object, key);
        return object.string(key).orElseThrow(() -> wrongType(key, "a string"));
    }

    static <T> T string(JsonObject object, String key, Function<String, Optional<T>> grammar) {
        return parsed(string(object, key), key, grammar);
    }

    /// The string, if it is there.
    static Optional<String> text(JsonObject object, String key) {
        return isPresent(object, key) ? Optional.of(string(object, key)) : Optional.empty();
    }

    /// A boolean; absent means `false`.
    static boolean flag(JsonObject object, String key) {
        return isPresent(object, key)
                && object.bool(key).orElseThrow(() -> wrongType(key, "a boolean"));
    }

    static long integer(JsonObject object, String key) {
        present(object, key);
        return object.integer(key).orElseThrow(() -> wrongType(key, "an integer"));
    }

    static long integer(JsonObject object, String key, long absent) {
        return isPresent(object, key) ? integer(object, key) : absent;
    }

    static JsonObject object(JsonObject object, String key) {
        present(object, key);
        return object.object(key).orElseThrow(() -> wrongType(key, "an object"));
    }

    /// The object, or the empty one if there is none.
    static JsonObject objectIfPresent(JsonObject object, String key) {
        return isPresent(object, key) ? object(object, key) : JsonObject.empty();
    }

    static JsonArray array(JsonObject object, String key) {
        if (!object.has(key)) {
            throw missing(key);
        }
        return arrayIfPresent(object, key);
    }

    /// The array, or the empty one if there is none.
    static JsonArray arrayIfPresent(JsonObject object, String key) {
        return isPresent(object, key)
                ? object.array(key).orElseThrow(() -> wrongType(key, "an array"))
                : JsonArray.empty();
    }

    static <T> List<T> strings(
            JsonObject object, String key, Function<String, Optional<T>> grammar) {
        return array(object, key).strings().orElseThrow(() -> wrongType(key, "of strings")).stream()
                .map(string -> parsed(string, key, grammar))
                .toList();
    }

    /// A number of things asked for. More than an `int` holds is the same as all there are.
    static int count(long count, String name) {
        if (count < 0) {
            throw MatrixException.invalidParam(name + " is negative");
        }
        return (int) Math.min(count, Integer.MAX_VALUE);
    }

    private static <T> T parsed(String text, String name, Function<String, Optional<T>> grammar) {
        return grammar.apply(text)
                .orElseThrow(() -> MatrixException.invalidParam(name + " is malformed"));
    }

    private static void present(JsonObject object, String key) {
        if (!isPresent(object, key)) {
            throw missing(key);
        }
    }

    private static boolean isPresent(JsonObject object, String key) {
        Optional<JsonValue> value = object.get(key);
        return value.isPresent() && !(value.get() instanceof JsonNull);
    }

    private static MatrixException missing(String name) {
        return MatrixException.missingParam(name + " is missing");
    }

    private static MatrixException wrongType(String key, String type) {
        return MatrixException.badJson(key + " is not " + type);
    }
}
