package org.stratafed.server.client.format;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonBoolean;
import org.stratafed.api.model.json.JsonNull;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;

/// The members of an object that a client sent: what is there must have the right type, or the
/// answer is `M_BAD_JSON`. A `null` is as good as absent.
public record JsonFields(JsonObject json) {

    public boolean has(String key) {
        return get(key).isPresent();
    }

    public Optional<JsonValue> get(String key) {
        return json.get(key).filter(value -> !(value instanceof JsonNull));
    }

    public Optional<String> string(String key) {
        return typed(key, JsonString.class, "a string").map(JsonString::value);
    }

    public String requiredString(String key) {
        return string(key).orElseThrow(() -> missing(key));
    }

    public Optional<Boolean> bool(String key) {
        return typed(key, JsonBoolean.class, "a boolean").map(JsonBoolean::value);
    }

    public OptionalLong integer(String key) {
        var number = typed(key, JsonNumber.class, "a number");
        if (number.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong value = number.get().asLong();
        if (value.isEmpty()) {
            throw MatrixException.badJson(key + " isn't an integer");
        }
        return value;
    }

    public Optional<JsonObject> object(String key) {
        return typed(key, JsonObject.class, "an object");
    }

    /// The members of a member; none if it is absent.
    public JsonFields fields(String key) {
        return new JsonFields(object(key).orElse(JsonObject.empty()));
    }

    /// The items of a member, which must be objects; none if it is absent.
    public List<JsonFields> objects(String key) {
        JsonArray array = typed(key, JsonArray.class, "an array").orElse(JsonArray.empty());
        if (array.objects().size() != array.items().size()) {
            throw MatrixException.badJson(key + " has an item that isn't an object");
        }
        return array.objects().stream().map(JsonFields::new).toList();
    }

    public Optional<List<String>> strings(String key) {
        return typed(key, JsonArray.class, "an array")
                .map(
                        array ->
                                array.strings()
                                        .orElseThrow(
                                                () ->
                                                        MatrixException.badJson(
                                                                key
                                                                        + " has an item that isn't"
                                                                        + " a string")));
    }

    /// A member that is an identifier.
    public <T> Optional<T> identifier(String key, Function<String, Optional<T>> parser) {
        return string(key).map(text -> parsed(key, text, parser));
    }

    public <T> T requiredIdentifier(String key, Function<String, Optional<T>> parser) {
        return parsed(key, requiredString(key), parser);
    }

    /// A member that is an array of identifiers.
    public <T> Optional<List<T>> identifiers(String key, Function<String, Optional<T>> parser) {
        return strings(key)
                .map(texts -> texts.stream().map(text -> parsed(key, text, parser)).toList());
    }

    private static <T> T parsed(String key, String text, Function<String, Optional<T>> parser) {
        return parser.apply(text)
                .orElseThrow(() -> MatrixException.invalidParam(key + " is malformed"));
    }

    private <T extends JsonValue> Optional<T> typed(String key, Class<T> type, String noun) {
        Optional<JsonValue> value = get(key);
        if (value.isPresent() && !type.isInstance(value.get())) {
            throw MatrixException.badJson(key + " isn't " + noun);
        }
        return value.map(type::cast);
    }

    private static MatrixException missing(String key) {
        return MatrixException.missingParam(key + " is missing");
    }
}
