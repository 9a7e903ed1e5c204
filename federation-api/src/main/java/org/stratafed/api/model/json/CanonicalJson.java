package org.stratafed.api.model.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;

/// The one byte form of a JSON value that hashes and signatures are over: UTF-8 without white
/// space, keys in the order of their code points, nothing escaped that needn't be.
///
/// @see <a href="https://spec.matrix.org/v1.19/appendices/#canonical-json">Canonical JSON</a>
public final class CanonicalJson {

    private CanonicalJson() {}

    /// The canonical bytes.
    ///
    /// Numbers that canonical JSON doesn't have are written too, for rooms whose version lets
    /// them in: normalised where they are integral, else as Python prints them. Whether the value
    /// is fit for a room that doesn't is [#strictViolation(JsonValue)]'s question.
    ///
    /// @throws IllegalArgumentException if a string has a lone surrogate, which has no UTF-8 form
    public static byte[] encode(JsonValue value) {
        return JsonWriter.write(value, JsonWriter.Form.CANONICAL);
    }

    /// The canonical bytes, but for fractions and exponents, which stay as they were written.
    ///
    /// That is for JSON which a peer canonicalised itself before it signed and sent it, such as a
    /// request's body: `1.0` is then the peer's own form, and normalising it to `1` would break
    /// the signature over a whole transaction because of one user's message to a device.
    ///
    /// @throws IllegalArgumentException if a string has a lone surrogate, which has no UTF-8 form
    public static byte[] encodeKeepingNumbers(JsonValue value) {
        return JsonWriter.write(value, JsonWriter.Form.CANONICAL_BUT_NUMBERS);
    }

    /// The canonical bytes as a string.
    public static String text(JsonValue value) {
        return new String(encode(value), StandardCharsets.UTF_8);
    }

    /// Why the value can't be canonical JSON, in words, or empty if it can.
    ///
    /// Numbers must be written as integers and be within ±(2^53 - 1); `-0` passes, being the
    /// integer 0 to the parsers of most servers. Strings and keys must be Unicode text.
    public static Optional<String> strictViolation(JsonValue value) {
        var toCheck = new ArrayDeque<JsonValue>();
        toCheck.push(value);
        while (!toCheck.isEmpty()) {
            Optional<String> violation =
                    switch (toCheck.pop()) {
                        case JsonObject object -> ofMembers(object, toCheck);
                        case JsonArray(var items) -> {
                            items.forEach(toCheck::push);
                            yield Optional.empty();
                        }
                        case JsonString(var string) -> ofText(string);
                        case JsonNumber number -> ofNumber(number);
                        case JsonBoolean _, JsonNull _ -> Optional.empty();
                    };
            if (violation.isPresent()) {
                return violation;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ofMembers(JsonObject object, ArrayDeque<JsonValue> toCheck) {
        for (int i = 0; i < object.size(); i++) {
            Optional<String> violation = ofText(object.key(i));
            if (violation.isPresent()) {
                return violation;
            }
            toCheck.push(object.value(i));
        }
        return Optional.empty();
    }

    private static Optional<String> ofText(String text) {
        return CodePoints.indexOfLoneSurrogate(text) < 0
                ? Optional.empty()
                : Optional.of("a string has a lone surrogate");
    }

    private static Optional<String> ofNumber(JsonNumber number) {
        String lexeme = number.lexeme();
        if (!number.isInteger()) {
            return Optional.of("not an integer: " + NumberLexeme.shown(lexeme));
        }
        return NumberLexeme.isMagnitudeWithin(lexeme, CanonicalNumber.INTEGER_MAX)
                ? Optional.empty()
                : Optional.of("out of range: " + NumberLexeme.shown(lexeme));
    }
}
