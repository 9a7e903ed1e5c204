package org.stratafed.api.model.json;

/// The order of strings that Matrix means wherever it orders: by Unicode code point.
///
/// It is also the order of the strings' UTF-8 bytes. `String.compareTo` orders by UTF-16 unit,
/// and puts the characters beyond U+FFFF before those from U+E000 to U+FFFF.
public final class CodePoints {

    private CodePoints() {}

    public static int compare(String left, String right) {
        int shared = Math.min(left.length(), right.length());
        for (int i = 0; i < shared; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return rank(a) - rank(b);
            }
        }
        return left.length() - right.length();
    }

    /// The index of the first surrogate that isn't half of a pair, or -1. A string that has one
    /// can't be written as UTF-8.
    public static int indexOfLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /// Moves the surrogates behind all other units. Where two strings first differ, this is
    /// enough: with equal text before, two differing surrogates stand for differing code points.
    private static int rank(char unit) {
        if (unit < Character.MIN_SURROGATE) {
            return unit;
        }
        return Character.isSurrogate(unit) ? unit + 0x2000 : unit - 0x800;
    }
}
