package org.stratafed.api.model.json;

import java.math.BigDecimal;
import java.util.OptionalLong;

/// A JSON number, kept as it was written: what it is worth depends on who reads it.
///
/// Equal are those written alike, so `1` and `1.0` differ.
public record JsonNumber(String lexeme) implements JsonValue {

    /// A number may fill an event, but not be longer. Peers vary in what they accept, and a
    /// transaction that can't be read at all would hold up its sender's queue for good.
    public static final int LEXEME_CHARS_MAX = 65_536;

    /// Beyond the range of IEEE 754 doubles, which end at about 1.8e308 and 4.9e-324.
    static final int DECIMAL_EXPONENT_MAX = 400;

    private static final int LONG_DIGITS_SURE = 18;

    public JsonNumber {
        if (lexeme.length() > LEXEME_CHARS_MAX || !NumberLexeme.isWellFormed(lexeme)) {
            throw new IllegalArgumentException("not a JSON number: " + NumberLexeme.shown(lexeme));
        }
    }

    public static JsonNumber of(long value) {
        return new JsonNumber(Long.toString(value));
    }

    /// Whether it is written as an integer. `1.0` and `1e2` aren't, whatever their value.
    public boolean isInteger() {
        return NumberLexeme.isInteger(lexeme);
    }

    /// The value, if it is written as an integer and fits. `-0` is 0.
    public OptionalLong asLong() {
        if (!isInteger()) {
            return OptionalLong.empty();
        }
        if (lexeme.length() <= LONG_DIGITS_SURE) {
            return OptionalLong.of(Long.parseLong(lexeme));
        }
        return NumberLexeme.fitsLong(lexeme)
                ? OptionalLong.of(Long.parseLong(lexeme))
                : OptionalLong.empty();
    }

    /// The exact value.
    ///
    /// Nine characters can write a number that takes a gigabyte as an integer. So an exponent
    /// beyond the range of doubles is an [ArithmeticException], to be reckoned with by callers
    /// that read a peer's number.
    public BigDecimal decimal() {
        if (!NumberLexeme.isExponentWithin(lexeme, DECIMAL_EXPONENT_MAX)) {
            throw new ArithmeticException("exponent out of range: " + NumberLexeme.shown(lexeme));
        }
        return new BigDecimal(lexeme);
    }

    /// The JSON text.
    @Override
    public String toString() {
        return lexeme;
    }
}
