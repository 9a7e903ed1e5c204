package org.stratafed.api.model.json;

import java.util.Arrays;

/// Reads JSON as strictly as hashes and signatures need it: one text has one meaning, or none.
///
/// Refused are duplicate keys, anything after the value, malformed UTF-8, and all that isn't in
/// RFC 8259. Kept are the order of members, numbers as written, and lone surrogates (`\ud800`),
/// in keys too: these make an event invalid in rooms that ask for strict canonical JSON, and that
/// event only, not the transaction it came in.
///
/// It is written by hand for the last of these: the parsers there are refuse a lone surrogate in
/// a key, or mend it, and have further limits of their own on depth and on the length of keys.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
public final class JsonReader {

    /// How deep arrays and objects may nest.
    ///
    /// The specification has no limit but the 65,536 bytes of an event, which are 32,768 levels.
    /// A peer may accept any of them, and a limit below that lets one user of such a peer send an
    /// event that makes each transaction or answer holding it unreadable here: its server
    /// would repeat that transaction for ever. The rest is room for what events are wrapped in.
    public static final int DEPTH_MAX = 32_768 + 64;

    private final JsonInput input;

    /// The values read of the containers that are open, outermost first, each container's slot
    /// before its members or items. Keys stand beside the values of members.
    private JsonValue[] values = new JsonValue[64];

    private String[] keys = new String[64];
    private int size;

    /// Of each open container: where its members or items start, and whether it is an object.
    private int[] starts = new int[16];

    private boolean[] objects = new boolean[16];
    private int depth;

    private JsonReader(JsonInput input) {
        this.input = input;
    }

    /// Reads a text of one value, which may be of any type.
    public static JsonValue read(byte[] text) {
        refuseOtherEncodings(text);
        return new JsonReader(new JsonInput(text)).document();
    }

    /// Reads a text of one object.
    public static JsonObject readObject(byte[] text) {
        if (read(text) instanceof JsonObject object) {
            return object;
        }
        throw new MalformedJsonException("not an object", 0);
    }

    /// A byte order mark is well-formed UTF-8, but no JSON. No value starts with its first byte.
    private static void refuseOtherEncodings(byte[] text) {
        int malformed = Utf8.indexOfMalformed(text);
        if (malformed >= 0) {
            throw new MalformedJsonException("malformed UTF-8", malformed);
        }
        if (text.length > 0 && text[0] == (byte) 0xEF) {
            throw new MalformedJsonException("byte order mark", 0);
        }
    }

    private JsonValue document() {
        value();
        while (depth > 0) {
            next();
        }
        if (input.peek() != JsonInput.END) {
            throw input.malformed("more than one value");
        }
        return values[0];
    }

    /// Reads the next member or item of the innermost container, or its end.
    private void next() {
        boolean isObject = objects[depth - 1];
        if (input.accepts(isObject ? '}' : ']')) {
            close(isObject);
            return;
        }
        if (size > starts[depth - 1]) {
            input.expect(',');
        }
        if (isObject) {
            reserve();
            keys[size] = input.key();
            input.expect(':');
        }
        value();
    }

    /// Reads a value, or the beginning of a container.
    private void value() {
        switch (input.peek()) {
            case '{' -> open('{', true);
            case '[' -> open('[', false);
            case '"' -> push(new JsonString(input.string()));
            case 't' -> push(input.literal("true", JsonBoolean.TRUE));
            case 'f' -> push(input.literal("false", JsonBoolean.FALSE));
            case 'n' -> push(input.literal("null", JsonNull.NULL));
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> push(input.number());
            default -> throw input.unexpected("value");
        }
    }

    private void open(char bracket, boolean isObject) {
        if (depth == DEPTH_MAX) {
            throw input.malformed("nested more than " + DEPTH_MAX + " deep");
        }
        input.expect(bracket);
        if (depth == starts.length) {
            starts = Arrays.copyOf(starts, 2 * depth);
            objects = Arrays.copyOf(objects, 2 * depth);
        }
        reserve();
        size++;
        starts[depth] = size;
        objects[depth++] = isObject;
    }

    private void close(boolean isObject) {
        int start = starts[--depth];
        values[start - 1] = isObject ? object(start) : array(start);
        size = start;
    }

    private JsonObject object(int start) {
        if (start == size) {
            return JsonObject.empty();
        }
        try {
            return new JsonObject(
                    Arrays.copyOfRange(keys, start, size), Arrays.copyOfRange(values, start, size));
        } catch (JsonObject.DuplicateKeyException duplicate) {
            throw input.malformed(duplicate.getMessage() + " in the object that ends");
        }
    }

    private JsonArray array(int start) {
        return JsonArray.of(Arrays.asList(values).subList(start, size));
    }

    private void push(JsonValue value) {
        reserve();
        values[size++] = value;
    }

    private void reserve() {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
            keys = Arrays.copyOf(keys, 2 * size);
        }
    }
}
