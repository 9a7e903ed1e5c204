package org.stratafed.simulator.check.rules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.stratafed.api.model.json.JsonBoolean;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;

/// What counts as a power level in the content of an `m.room.power_levels` event.
@FunctionalInterface
interface LevelReading {

    /// From version 10 on, integers, and nothing else.
    LevelReading FROM_10 =
            value ->
                    value instanceof JsonNumber number && number.isInteger()
                            ? Optional.of(Level.of(new BigInteger(number.lexeme())))
                            : Optional.empty();

    /// Up to version 9, integers, and strings that are integers: digits with or without a sign and
    /// spaces around. Not in the text: with deployed servers, `true` and `false` are 1 and 0. Here,
    /// what has more than 64 bits is the nearest that has as many.
    LevelReading OF_6_TO_9 =
            value ->
                    switch (value) {
                        case JsonString(var text) -> integer(text);
                        case JsonBoolean bool ->
                                Optional.of(Level.of(bool.equals(JsonBoolean.of(true)) ? 1 : 0));
                        default -> FROM_10.read(value).map(it -> nearest(it.value()));
                    };

    /// Up to version 5, these, and numbers of any kind, without what is behind the point.
    LevelReading UNTIL_5 =
            value -> {
                if (!(value instanceof JsonNumber number) || number.isInteger()) {
                    return OF_6_TO_9.read(value);
                }
                if (isBeyondDoubles(value)) {
                    return Optional.empty();
                }
                var exact = new BigDecimal(Double.parseDouble(number.lexeme()));
                return Optional.of(nearest(exact.toBigInteger()));
            };

    /// Whether the value is a float out of the range of IEEE 754 binary64.
    static boolean isBeyondDoubles(JsonValue value) {
        return value instanceof JsonNumber number
                && !number.isInteger()
                && Double.isInfinite(Double.parseDouble(number.lexeme()));
    }

    private static Optional<Level> integer(String text) {
        var digits = text.strip();
        return digits.matches("[+-]?[0-9]+")
                ? Optional.of(nearest(new BigInteger(digits)))
                : Optional.empty();
    }

    private static Level nearest(BigInteger value) {
        var least = BigInteger.valueOf(Long.MIN_VALUE);
        var greatest = BigInteger.valueOf(Long.MAX_VALUE);
        return Level.of(value.max(least).min(greatest));
    }

    /// The level, if the value is one.
    Optional<Level> read(JsonValue value);
}
