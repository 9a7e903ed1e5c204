package org.stratafed.api.model.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Takes an object apart while its text arrives: into its members, and those that are arrays into
/// their items. So of a text that is too large to be held whole only one part is held at a time.
///
/// It finds where the parts are. What is within them is for [JsonReader] to read, which is as
/// strict with each as with a whole text; the two of them together refuse what it refuses. Only
/// how deep things may nest is counted from each part.
public final class JsonParts {

    /// Members of the object.
    public static final int MEMBERS_MAX = 1_000;

    private enum Expected {
        OBJECT,
        KEY_OR_END,
        KEY,
        COLON,
        VALUE,
        ITEM_OR_END,
        ITEM,
        AFTER_ITEM,
        AFTER_MEMBER,
        NOTHING
    }

    private enum Within {
        NOTHING,
        STRING,
        CONTAINER,
        SCALAR
    }

    private final int partBytesMax;
    private final Set<String> keys = new LinkedHashSet<>();
    private final List<JsonPart> found = new ArrayList<>();

    private Expected expected = Expected.OBJECT;
    private Within within = Within.NOTHING;

    /// Of the part that is being read: its bytes, how deep its containers are, and where in a
    /// string it is.
    private byte[] part = new byte[1 << 10];

    private int size;
    private int depth;
    private boolean isInString;
    private boolean isEscaped;
    private String key = "";

    /// How many bytes were read before this chunk.
    private long offset;

    /// @param partBytesMax the largest item of an array, or other member
    public JsonParts(int partBytesMax) {
        this.partBytesMax = partBytesMax;
    }

    /// The parts that are complete now, in order.
    ///
    /// @throws MalformedJsonException if it can't become an object any more, or a part is too large
    public List<JsonPart> take(byte[] chunk) {
        int at = 0;
        while (at < chunk.length) {
            at = within == Within.NOTHING ? structure(chunk, at) : content(chunk, at);
        }
        offset += chunk.length;
        var parts = List.copyOf(found);
        found.clear();
        return parts;
    }

    /// There is nothing more.
    ///
    /// @throws MalformedJsonException if the object isn't complete
    public void end() {
        if (expected != Expected.NOTHING) {
            throw malformed("the text ends within the object", 0);
        }
    }

    /// Reads a byte between the parts. Answers where to go on: a part begins with its first byte.
    private int structure(byte[] chunk, int at) {
        byte b = chunk[at];
        if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            return at + 1;
        }
        switch (expected) {
            case OBJECT -> expect(b == '{', Expected.KEY_OR_END, at);
            case KEY_OR_END, KEY -> {
                if (b == '}' && expected == Expected.KEY_OR_END) {
                    expected = Expected.NOTHING;
                    return at + 1;
                }
                expect(b == '"', Expected.COLON, at);
                begin(b);
                return at;
            }
            case COLON -> expect(b == ':', Expected.VALUE, at);
            case VALUE -> {
                if (b != '[') {
                    expected = Expected.AFTER_MEMBER;
                    begin(b);
                    return at;
                }
                found.add(new JsonPart.ArrayBegun(key));
                expected = Expected.ITEM_OR_END;
            }
            case ITEM_OR_END, ITEM -> {
                if (b != ']' || expected == Expected.ITEM) {
                    expected = Expected.AFTER_ITEM;
                    begin(b);
                    return at;
                }
                expected = Expected.AFTER_MEMBER;
            }
            case AFTER_ITEM -> {
                expect(b == ',' || b == ']', Expected.ITEM, at);
                if (b == ']') {
                    expected = Expected.AFTER_MEMBER;
                }
            }
            case AFTER_MEMBER -> {
                expect(b == ',' || b == '}', Expected.KEY, at);
                if (b == '}') {
                    expected = Expected.NOTHING;
                }
            }
            case NOTHING -> throw malformed("more than one value", at);
        }
        return at + 1;
    }

    private void expect(boolean isThere, Expected next, int at) {
        if (!isThere) {
            throw malformed("not what comes next in an object", at);
        }
        expected = next;
    }

    private void begin(byte first) {
        within =
                switch (first) {
                    case '"' -> Within.STRING;
                    case '{', '[' -> Within.CONTAINER;
                    default -> Within.SCALAR;
                };
        size = 0;
        depth = 0;
        isInString = false;
        isEscaped = false;
    }

    /// Reads of a part what the chunk has of it. Answers where to go on.
    private int content(byte[] chunk, int start) {
        int end = within == Within.SCALAR ? endOfScalar(chunk, start) : endOfNested(chunk, start);
        boolean isWhole = end >= 0;
        int stop = isWhole ? end : chunk.length;
        keep(chunk, start, stop);
        if (isWhole) {
            within = Within.NOTHING;
            close();
        }
        return stop;
    }

    /// Where a number, a literal, or what is neither ends, or -1 if it needn't end here.
    private static int endOfScalar(byte[] chunk, int start) {
        for (int at = start; at < chunk.length; at++) {
            switch (chunk[at]) {
                case ',', ']', '}', ':', ' ', '\n', '\r', '\t' -> {
                    return at;
                }
                default -> {}
            }
        }
        return -1;
    }

    /// Where a string or container ends, or -1 if it doesn't end here.
    private int endOfNested(byte[] chunk, int start) {
        for (int at = start; at < chunk.length; at++) {
            byte b = chunk[at];
            if (isInString) {
                if (isEscaped) {
                    isEscaped = false;
                } else if (b == '\\') {
                    isEscaped = true;
                } else if (b == '"') {
                    isInString = false;
                    if (depth == 0) {
                        return at + 1;
                    }
                }
            } else {
                switch (b) {
                    case '"' -> isInString = true;
                    case '{', '[' -> depth++;
                    case '}', ']' -> {
                        if (--depth == 0) {
                            return at + 1;
                        }
                    }
                    default -> {}
                }
            }
        }
        return -1;
    }

    private void keep(byte[] chunk, int start, int end) {
        int more = end - start;
        if (more > partBytesMax - size) {
            throw malformed("a part of more than " + partBytesMax + " bytes", start);
        }
        if (size + more > part.length) {
            part = Arrays.copyOf(part, Math.max(size + more, 2 * part.length));
        }
        System.arraycopy(chunk, start, part, size, more);
        size += more;
    }

    private void close() {
        var text = Arrays.copyOf(part, size);
        switch (expected) {
            case COLON -> open(text);
            case AFTER_ITEM -> found.add(new JsonPart.Item(key, text));
            case AFTER_MEMBER -> found.add(new JsonPart.Value(key, text));
            case OBJECT, KEY_OR_END, KEY, VALUE, ITEM_OR_END, ITEM, NOTHING ->
                    throw new IllegalStateException("a part where none can be: " + expected);
        }
    }

    private void open(byte[] text) {
        if (!(JsonReader.read(text) instanceof JsonString(var name))) {
            throw new IllegalStateException("a string that is none");
        }
        if (keys.size() == MEMBERS_MAX) {
            throw malformed("more than " + MEMBERS_MAX + " members", 0);
        }
        if (!keys.add(name)) {
            throw malformed("duplicate key", 0);
        }
        key = name;
    }

    private MalformedJsonException malformed(String reason, int at) {
        return new MalformedJsonException(reason, offset + at);
    }
}
