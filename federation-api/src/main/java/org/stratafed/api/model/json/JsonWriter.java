package org.stratafed.api.model.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes JSON without white space, straight to bytes: members in their order, numbers as they
/// are, a lone surrogate as the escape it was. For what is signed or hashed there is
/// [CanonicalJson].
public final class JsonWriter {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int UNIT_BYTES_MAX = 6;

    private final Form form;
    private byte[] bytes = new byte[512];
    private int size;

    /// The containers being written, and how many of their items already are.
    private JsonValue[] open = new JsonValue[16];

    private int[] written = new int[16];
    private int depth;

    private JsonWriter(Form form) {
        this.form = form;
    }

    /// What the forms of JSON differ in.
    enum Form {
        /// Members in their order, all that can be read can be written.
        PLAIN,
        /// Members by code point, numbers normalised.
        CANONICAL,
        /// Members by code point, numbers as written.
        CANONICAL_BUT_NUMBERS
    }

    public static byte[] write(JsonValue value) {
        return write(value, Form.PLAIN);
    }

    public static String text(JsonValue value) {
        return new String(write(value), StandardCharsets.UTF_8);
    }

    static byte[] write(JsonValue value, Form form) {
        var writer = new JsonWriter(form);
        writer.value(value);
        while (writer.depth > 0) {
            writer.next();
        }
        return Arrays.copyOf(writer.bytes, writer.size);
    }

    /// Writes the next member or item of the innermost container, or its end.
    private void next() {
        int index = written[depth - 1]++;
        switch (open[depth - 1]) {
            case JsonObject object when index < object.size() -> member(object, index);
            case JsonArray(var items) when index < items.size() -> {
                separate(index);
                value(items.get(index));
            }
            case JsonObject _ -> close('}');
            case JsonArray _ -> close(']');
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ ->
                    throw new IllegalStateException("not a container");
        }
    }

    private void member(JsonObject object, int index) {
        int at = form == Form.PLAIN ? index : object.inKeyOrder(index);
        separate(index);
        string(object.key(at));
        put(':');
        value(object.value(at));
    }

    private void separate(int index) {
        if (index > 0) {
            put(',');
        }
    }

    private void value(JsonValue value) {
        switch (value) {
            case JsonObject _ -> open('{', value);
            case JsonArray _ -> open('[', value);
            case JsonString(var string) -> string(string);
            case JsonNumber number ->
                    ascii(
                            switch (form) {
                                case PLAIN -> number.lexeme();
                                case CANONICAL -> CanonicalNumber.normalised(number);
                                case CANONICAL_BUT_NUMBERS ->
                                        number.lexeme().equals("-0") ? "0" : number.lexeme();
                            });
            case JsonBoolean(var bool) -> ascii(bool ? "true" : "false");
            case JsonNull _ -> ascii("null");
        }
    }

    private void open(char bracket, JsonValue container) {
        put(bracket);
        if (depth == open.length) {
            open = Arrays.copyOf(open, 2 * depth);
            written = Arrays.copyOf(written, 2 * depth);
        }
        open[depth] = container;
        written[depth++] = 0;
    }

    private void close(char bracket) {
        put(bracket);
        depth--;
    }

    /// Escapes exactly what canonical JSON escapes.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/appendices/#grammar">Grammar of canonical
    ///     JSON</a>
    private void string(String string) {
        reserve(UNIT_BYTES_MAX * string.length() + 2);
        bytes[size++] = '"';
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c < 0x80) {
                if (c >= ' ' && c != '"' && c != '\\') {
                    bytes[size++] = (byte) c;
                } else {
                    escape(c);
                }
            } else if (c < 0x800) {
                bytes[size++] = (byte) (0xC0 | c >> 6);
                tail(c);
            } else if (!Character.isSurrogate(c)) {
                bytes[size++] = (byte) (0xE0 | c >> 12);
                tail(c >> 6);
                tail(c);
            } else if (i + 1 < string.length()
                    && Character.isSurrogatePair(c, string.charAt(i + 1))) {
                supplementary(Character.toCodePoint(c, string.charAt(++i)));
            } else {
                loneSurrogate(c);
            }
        }
        bytes[size++] = '"';
    }

    private void escape(char c) {
        bytes[size++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[size++] = (byte) c;
            case '\b' -> bytes[size++] = 'b';
            case '\t' -> bytes[size++] = 't';
            case '\n' -> bytes[size++] = 'n';
            case '\f' -> bytes[size++] = 'f';
            case '\r' -> bytes[size++] = 'r';
            default -> hex(c);
        }
    }

    private void hex(char c) {
        bytes[size++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[size++] = HEX[c >> shift & 0xF];
        }
    }

    private void supplementary(int codePoint) {
        bytes[size++] = (byte) (0xF0 | codePoint >> 18);
        tail(codePoint >> 12);
        tail(codePoint >> 6);
        tail(codePoint);
    }

    private void tail(int bits) {
        bytes[size++] = (byte) (0x80 | bits & 0x3F);
    }

    private void loneSurrogate(char c) {
        if (form != Form.PLAIN) {
            throw new IllegalArgumentException("a lone surrogate has no canonical form");
        }
        bytes[size++] = '\\';
        hex(c);
    }

    private void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    private void put(char c) {
        reserve(1);
        bytes[size++] = (byte) c;
    }

    private void reserve(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
        }
    }
}
