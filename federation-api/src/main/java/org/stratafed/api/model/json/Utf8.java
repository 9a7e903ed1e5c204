package org.stratafed.api.model.json;

/// The encoding of JSON between servers, checked to the letter: a parser that mends malformed
/// UTF-8 computes other hashes than its peers.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc3629#section-4">RFC 3629, syntax of UTF-8
///     byte sequences</a>
final class Utf8 {

    private Utf8() {}

    /// The offset of the first byte that doesn't belong in UTF-8 text, or -1. Neither overlong
    /// forms nor encoded surrogates pass.
    static int indexOfMalformed(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            if (bytes[at] >= 0) {
                at++;
                continue;
            }
            int length = sequenceLength(bytes, at);
            if (length == 0) {
                return at;
            }
            at += length;
        }
        return -1;
    }

    /// The length of the well-formed sequence of two to four bytes there, or 0.
    private static int sequenceLength(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        if (first >= 0xC2 && first <= 0xDF) {
            return isTail(bytes, at, 2, 0x80, 0xBF) ? 2 : 0;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            int low = first == 0xE0 ? 0xA0 : 0x80;
            int high = first == 0xED ? 0x9F : 0xBF;
            return isTail(bytes, at, 3, low, high) ? 3 : 0;
        }
        if (first >= 0xF0 && first <= 0xF4) {
            int low = first == 0xF0 ? 0x90 : 0x80;
            int high = first == 0xF4 ? 0x8F : 0xBF;
            return isTail(bytes, at, 4, low, high) ? 4 : 0;
        }
        return 0;
    }

    /// Only the second byte's range depends on the first byte.
    private static boolean isTail(byte[] bytes, int at, int length, int low, int high) {
        if (at + length > bytes.length) {
            return false;
        }
        int second = bytes[at + 1] & 0xFF;
        if (second < low || second > high) {
            return false;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return false;
            }
        }
        return true;
    }
}
