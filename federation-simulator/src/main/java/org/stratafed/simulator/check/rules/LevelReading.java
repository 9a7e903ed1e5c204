package org.stratafed.simulator.check.rules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;

/// What counts as a power level in the content of an `m.room.power_levels` event.
@FunctionalInterface
interface LevelReading {

    /// Integers, and nothing else.
    LevelReading INTEGERS =
            value ->
                    value instanceof JsonNumber number && number.isInteger()
                            ? Optional.of(Level.of(new BigInteger(number.lexeme())))
                            : Optional.empty();

    /// Integers, and strings that are integers: digits with or without a sign and spaces around.
    LevelReading INTEGERS_AND_STRINGS =
            value ->
                    value instanceof JsonString(var text)
                            ? integer(text)
                            : INTEGERS.read(value);

    /// These, and numbers of any kind, without what is behind the point.
    LevelReading ANY_NUMBERS_AND_STRINGS =
            value -> {
                if (!(value instanceof JsonNumber number) || number.isInteger()) {
                    return INTEGERS_AND_STRINGS.read(value);
                }
                double read = Double.parseDouble(number.lexeme());
                return Double.isInfinite(read)
                        ? Optional.empty()
                        : Optional.of(Level.of(new BigDecimal(read).toBigInteger()));
            };

    private static Optional<Level> integer(String text) {
        var digits = text.strip();
        return digits.matches("[+-]?[0-9]+")
                ? Optional.of(Level.of(new BigInteger(digits)))
                : Optional.empty();
    }

    /// The level, if the value is one.
    Optional<Level> read(JsonValue value);
}
