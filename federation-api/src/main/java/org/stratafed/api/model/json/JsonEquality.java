package org.stratafed.api.model.json;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/// What makes two trees equal: the same members in any order, the same items in the same order,
/// numbers written alike. Doesn't recurse.
final class JsonEquality {

    private JsonEquality() {}

    static boolean areEqual(JsonValue left, JsonValue right) {
        var toCompare = new ArrayDeque<JsonValue>();
        toCompare.push(left);
        toCompare.push(right);
        while (!toCompare.isEmpty()) {
            JsonValue b = toCompare.pop();
            JsonValue a = toCompare.pop();
            if (a != b && !areAlike(a, b, toCompare)) {
                return false;
            }
        }
        return true;
    }

    /// Looks one level deep only: equal trees have equal hashes, and no tree is too deep.
    static int hash(JsonObject object) {
        int sum = object.size();
        for (int i = 0; i < object.size(); i++) {
            sum += object.key(i).hashCode() ^ shallowHash(object.value(i));
        }
        return sum;
    }

    static int hash(JsonArray array) {
        int sum = 1;
        for (JsonValue item : array.items()) {
            sum = 31 * sum + shallowHash(item);
        }
        return sum;
    }

    private static int shallowHash(JsonValue value) {
        return switch (value) {
            case JsonObject object -> 17 + object.size();
            case JsonArray(var items) -> 19 + items.size();
            // An enum's own hash differs from one start to the next.
            case JsonNull _ -> 23;
            case JsonString _, JsonNumber _, JsonBoolean _ -> value.hashCode();
        };
    }

    private static boolean areAlike(JsonValue a, JsonValue b, ArrayDeque<JsonValue> toCompare) {
        return switch (a) {
            case JsonObject object ->
                    b instanceof JsonObject other && haveSameKeys(object, other, toCompare);
            case JsonArray(var items) ->
                    b instanceof JsonArray(var others) && haveSameSize(items, others, toCompare);
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> a.equals(b);
        };
    }

    private static boolean haveSameKeys(
            JsonObject a, JsonObject b, ArrayDeque<JsonValue> toCompare) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            Optional<JsonValue> other = b.get(a.key(i));
            if (other.isEmpty()) {
                return false;
            }
            toCompare.push(a.value(i));
            toCompare.push(other.get());
        }
        return true;
    }

    private static boolean haveSameSize(
            List<JsonValue> a, List<JsonValue> b, ArrayDeque<JsonValue> toCompare) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            toCompare.push(a.get(i));
            toCompare.push(b.get(i));
        }
        return true;
    }
}
