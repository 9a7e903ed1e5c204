package org.stratafed.api.model.json;

/// The canonical form of numbers.
///
/// Canonical JSON has integers only. Others occur in rooms of versions 1 to 5, where hashes are
/// over what Python makes of them: the shortest digits that give the same double, in its `repr`,
/// which is also how the servers that made them write them. Where the specification's example has
/// it otherwise, it is followed: an integer that is written with an exponent and no fraction is
/// one, within the range of canonical integers.
///
/// @see <a href="https://spec.matrix.org/v1.19/appendices/#canonical-json">Canonical JSON</a>
final class CanonicalNumber {

    /// Digits of 2^53 - 1, the largest canonical integer.
    static final String INTEGER_MAX = "9007199254740991";

    private static final double INTEGER_MAX_DOUBLE = 9007199254740991.0;

    /// Where Python's `repr` goes over to exponents.
    private static final int PLAIN_EXPONENT_MIN = -4;

    private static final int PLAIN_EXPONENT_MAX = 15;

    private CanonicalNumber() {}

    static String normalised(JsonNumber number) {
        String lexeme = number.lexeme();
        if (number.isInteger()) {
            return lexeme.equals("-0") ? "0" : lexeme;
        }
        double value = Double.parseDouble(lexeme);
        if (Double.isInfinite(value)) {
            return lexeme;
        }
        boolean isWrittenAsFraction = lexeme.indexOf('.') >= 0;
        if (!isWrittenAsFraction
                && value == Math.rint(value)
                && Math.abs(value) <= INTEGER_MAX_DOUBLE) {
            return Long.toString((long) value);
        }
        return repr(value);
    }

    /// Java's shortest digits, laid out as Python does. `Double.toString` gives them in plain
    /// notation, or as one digit, a point, the rest and an exponent. (It has at least two, so
    /// the few smallest doubles come out a digit longer than in Python.)
    private static String repr(double value) {
        String java = Double.toString(Math.abs(value));
        int e = java.indexOf('E');
        String mantissa = e < 0 ? java : java.substring(0, e);
        int point = mantissa.indexOf('.');
        String all = mantissa.substring(0, point) + mantissa.substring(point + 1);
        int leading = leadingZeros(all);
        String digits = withoutTrailingZeros(all.substring(leading));
        int exponent = point - 1 - leading + (e < 0 ? 0 : Integer.parseInt(java.substring(e + 1)));
        String sign = Math.copySign(1, value) < 0 ? "-" : "";
        return sign
                + (exponent < PLAIN_EXPONENT_MIN || exponent > PLAIN_EXPONENT_MAX
                        ? scientific(digits, exponent)
                        : plain(digits, exponent));
    }

    private static String scientific(String digits, int exponent) {
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        String magnitude = Integer.toString(Math.abs(exponent));
        return digits.charAt(0)
                + fraction
                + (exponent < 0 ? "e-" : "e+")
                + (magnitude.length() == 1 ? "0" + magnitude : magnitude);
    }

    private static String plain(String digits, int exponent) {
        if (exponent < 0) {
            return "0." + "0".repeat(-exponent - 1) + digits;
        }
        int whole = exponent + 1;
        if (digits.length() <= whole) {
            return digits + "0".repeat(whole - digits.length()) + ".0";
        }
        return digits.substring(0, whole) + "." + digits.substring(whole);
    }

    private static int leadingZeros(String digits) {
        int count = 0;
        while (count < digits.length() - 1 && digits.charAt(count) == '0') {
            count++;
        }
        return count;
    }

    private static String withoutTrailingZeros(String digits) {
        int end = digits.length();
        while (end > 1 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, end);
    }
}
