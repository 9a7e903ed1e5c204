package org.stratafed.simulator.check.rules;

import java.math.BigInteger;
import java.util.Optional;
import org.stratafed.api.model.json.JsonNumber;
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

    /// The level, if the value is one.
    Optional<Level> read(JsonValue value);
}
