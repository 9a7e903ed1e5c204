package org.stratafed.api.model.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/// A JSON text and how far it has been read: what JSON is made of, without its nesting. The text
/// is well-formed UTF-8.
final class JsonInput {

    /// What is peeked at where the text has ended.
    static final int END = -1;

    private static final int UNICODE_ESCAPE_DIGITS = 4;

    private final byte[] text;
    private int at;

    JsonInput(byte[] text) {
        this.text = text;
    }

    /// The next byte that isn't white space, which stays unread.
    int peek() {
        while (at < text.length) {
            byte b = text[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b & 0xFF;
            }
            at++;
        }
        return END;
    }

    /// Reads the character if it comes next.
    boolean accepts(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char c) {
        if (!accepts(c)) {
            throw unexpected("'" + c + "'");
        }
    }

    <T extends JsonValue> T literal(String word, T value) {
        for (int i = 0; i < word.length(); i++) {
            if (at == text.length || text[at] != word.charAt(i)) {
                throw unexpected(word);
            }
            at++;
        }
        return value;
    }

    /// Everything a number may consist of belongs to it. So `1-2` isn't two numbers, but none.
    JsonNumber number() {
        int start = at;
        while (at < text.length && isOfNumbers(text[at])) {
            at++;
        }
        if (at - start > JsonNumber.LEXEME_CHARS_MAX) {
            throw malformed("a number of more than " + JsonNumber.LEXEME_CHARS_MAX + " characters");
        }
        try {
            return new JsonNumber(new String(text, start, at - start, ISO_8859_1));
        } catch (IllegalArgumentException notANumber) {
            throw malformed(notANumber.getMessage());
        }
    }

    String key() {
        if (peek() != '"') {
            throw unexpected("key");
        }
        int start = at + 1;
        int end = start;
        while (end < text.length && text[end] >= ' ' && text[end] != '"' && text[end] != '\\') {
            end++;
        }
        String common =
                end < text.length && text[end] == '"' ? CommonKeys.find(text, start, end) : null;
        if (common == null) {
            return string();
        }
        at = end + 1;
        return common;
    }

    String string() {
        expect('"');
        int start = at;
        int highBits = 0;
        while (at < text.length && text[at] != '"') {
            byte b = text[at];
            if (b == '\\') {
                return stringWithEscapes(start);
            }
            refuseControl(b);
            highBits |= b;
            at++;
        }
        String string = new String(text, start, at - start, highBits < 0 ? UTF_8 : ISO_8859_1);
        expectEndOfString();
        return string;
    }

    /// Continues a string at its first escape. A pair of surrogates may be spelt as two escapes,
    /// which then make one character, or only one of them, which stays alone.
    private String stringWithEscapes(int start) {
        var string = new StringBuilder();
        int runStart = start;
        while (at < text.length && text[at] != '"') {
            refuseControl(text[at]);
            if (text[at] == '\\') {
                string.append(new String(text, runStart, at - runStart, UTF_8));
                at++;
                string.append(escape());
                runStart = at;
            } else {
                at++;
            }
        }
        string.append(new String(text, runStart, at - runStart, UTF_8));
        expectEndOfString();
        return string.toString();
    }

    private char escape() {
        byte b = at < text.length ? text[at++] : 0;
        return switch (b) {
            case '"', '\\', '/' -> (char) b;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicodeEscape();
            default -> throw malformed("an escape JSON doesn't have");
        };
    }

    private char unicodeEscape() {
        int unit = 0;
        for (int i = 0; i < UNICODE_ESCAPE_DIGITS; i++) {
            int digit = at < text.length ? hexValue(text[at]) : -1;
            if (digit < 0) {
                throw unexpected("hexadecimal digit");
            }
            unit = unit << 4 | digit;
            at++;
        }
        return (char) unit;
    }

    private void refuseControl(byte b) {
        if (b >= 0 && b < ' ') {
            throw malformed("a control character in a string");
        }
    }

    private void expectEndOfString() {
        if (at == text.length) {
            throw malformed("end of text within a string");
        }
        at++;
    }

    private static boolean isOfNumbers(byte b) {
        return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
    }

    private static int hexValue(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        if (b >= 'a' && b <= 'f') {
            return b - 'a' + 10;
        }
        return b >= 'A' && b <= 'F' ? b - 'A' + 10 : -1;
    }

    MalformedJsonException unexpected(String expected) {
        return malformed(
                at == text.length ? "end of text instead of " + expected : "no " + expected);
    }

    MalformedJsonException malformed(String reason) {
        return new MalformedJsonException(reason, at);
    }
}
