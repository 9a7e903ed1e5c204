package org.stratafed.api.model.json;

/// How JSON writes numbers. Pure functions of the written form, so that no value is made of a
/// number before its size is known.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-6">RFC 8259, Numbers</a>
final class NumberLexeme {

    private static final int SHOWN_CHARS_MAX = 40;
    private static final String LONG_MAX = "9223372036854775807";
    private static final String LONG_MIN_MAGNITUDE = "9223372036854775808";

    private NumberLexeme() {}

    static boolean isWellFormed(String text) {
        int at = text.startsWith("-") ? 1 : 0;
        int wholeEnd = digits(text, at);
        if (wholeEnd == at || (text.charAt(at) == '0' && wholeEnd > at + 1)) {
            return false;
        }
        at = wholeEnd;
        if (at < text.length() && text.charAt(at) == '.') {
            int end = digits(text, at + 1);
            if (end == at + 1) {
                return false;
            }
            at = end;
        }
        return at == text.length() || isExponent(text, at);
    }

    static boolean isInteger(String lexeme) {
        for (int i = 0; i < lexeme.length(); i++) {
            char c = lexeme.charAt(i);
            if (c == '.' || c == 'e' || c == 'E') {
                return false;
            }
        }
        return true;
    }

    /// Of an integer lexeme, which has no leading zeros: so longer means larger.
    static boolean fitsLong(String lexeme) {
        boolean negative = lexeme.charAt(0) == '-';
        return isMagnitudeWithin(lexeme, negative ? LONG_MIN_MAGNITUDE : LONG_MAX);
    }

    /// Whether an integer lexeme's distance from zero is at most that of the limit's digits.
    static boolean isMagnitudeWithin(String lexeme, String limit) {
        String magnitude = lexeme.charAt(0) == '-' ? lexeme.substring(1) : lexeme;
        return magnitude.length() < limit.length()
                || (magnitude.length() == limit.length() && magnitude.compareTo(limit) <= 0);
    }

    static boolean isExponentWithin(String lexeme, int limit) {
        int e = Math.max(lexeme.indexOf('e'), lexeme.indexOf('E'));
        if (e < 0) {
            return true;
        }
        int at = e + 1;
        if (lexeme.charAt(at) == '+' || lexeme.charAt(at) == '-') {
            at++;
        }
        long exponent = 0;
        for (; at < lexeme.length() && exponent <= limit; at++) {
            exponent = exponent * 10 + (lexeme.charAt(at) - '0');
        }
        return exponent <= limit;
    }

    /// For messages: whole where short, else its beginning.
    static String shown(String text) {
        return text.length() <= SHOWN_CHARS_MAX ? text : text.substring(0, SHOWN_CHARS_MAX) + "…";
    }

    private static boolean isExponent(String text, int from) {
        if (text.charAt(from) != 'e' && text.charAt(from) != 'E') {
            return false;
        }
        int at = from + 1;
        if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            at++;
        }
        int end = digits(text, at);
        return end > at && end == text.length();
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
