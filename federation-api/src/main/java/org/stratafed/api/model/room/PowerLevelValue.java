package org.stratafed.api.model.room;

import java.math.BigInteger;
import java.util.OptionalLong;
import org.stratafed.api.model.json.JsonBoolean;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;

/// What a value in a power-levels event is worth.
///
/// It is an integer, and in older room versions whatever the first homeservers made one of: digits
/// in a string, a fraction without what is after the point, and, though the specification doesn't
/// say so, `true` and `false` as 1 and 0. A number of more than 64 bits counts as the nearest that
/// has as many.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v9/#deprecated-event-content-schemas">
///     Deprecated event content schemas</a>
public final class PowerLevelValue {

    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private static final int LONG_DIGITS_MAX = 19;

    private PowerLevelValue() {}

    /// The level; none if the value is no level in this room version.
    public static OptionalLong read(RoomVersionRules rules, JsonValue value) {
        if (value instanceof JsonNumber number && number.asLong().isPresent()) {
            return number.asLong();
        }
        return rules.integerPowerLevels() ? OptionalLong.empty() : readLoosely(value);
    }

    /// Whether it is a number beyond all doubles, which spoils the whole event in room versions
    /// that have fractions.
    public static boolean isBeyondDoubles(JsonValue value) {
        return value instanceof JsonNumber number
                && !number.isInteger()
                && Double.isInfinite(Double.parseDouble(number.lexeme()));
    }

    private static OptionalLong readLoosely(JsonValue value) {
        if (value instanceof JsonNumber number) {
            if (number.isInteger()) {
                return nearest(number.lexeme());
            }
            return isBeyondDoubles(number)
                    ? OptionalLong.empty()
                    : OptionalLong.of((long) Double.parseDouble(number.lexeme()));
        }
        if (value instanceof JsonBoolean(var isOne)) {
            return OptionalLong.of(isOne ? 1 : 0);
        }
        return value instanceof JsonString(var text) ? readText(text) : OptionalLong.empty();
    }

    private static OptionalLong readText(String text) {
        String number = text.strip();
        int start = number.startsWith("-") || number.startsWith("+") ? 1 : 0;
        boolean isNumber =
                number.length() > start
                        && number.chars().skip(start).allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? nearest(number) : OptionalLong.empty();
    }

    /// Of any number of digits, most of which needn't be reckoned with.
    private static OptionalLong nearest(String integer) {
        boolean isNegative = integer.startsWith("-");
        int start = isNegative || integer.startsWith("+") ? 1 : 0;
        while (start < integer.length() - 1 && integer.charAt(start) == '0') {
            start++;
        }
        if (integer.length() - start > LONG_DIGITS_MAX) {
            return OptionalLong.of(isNegative ? Long.MIN_VALUE : Long.MAX_VALUE);
        }
        var magnitude = new BigInteger(integer.substring(start));
        var value = isNegative ? magnitude.negate() : magnitude;
        return OptionalLong.of(value.max(MIN).min(MAX).longValue());
    }
}
