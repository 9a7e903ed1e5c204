package org.stratafed.api.model.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// Reads JSON as strictly as hashes and signatures need it: one text has one meaning, or none.
///
/// Refused are duplicate keys, anything after the value, malformed UTF-8, and all that isn't in
/// RFC 8259. Kept are the order of members, numbers as written, and lone surrogates (`\ud800`):
/// these make an event invalid in rooms that ask for strict canonical JSON, and that event only,
/// not the transaction it came in.
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

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH_MAX)
                                    .maxNumberLength(JsonNumber.LEXEME_CHARS_MAX)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private final JsonParser parser;

    /// What has been read of the containers that are open: a stack of members and items, in which
    /// an array's items have no key.
    private String[] keys = new String[64];

    private JsonValue[] values = new JsonValue[64];
    private int size;

    /// Where in that stack each open container starts.
    private int[] starts = new int[16];

    private int depth;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /// Reads a text of one value, which may be of any type.
    public static JsonValue read(byte[] text) {
        refuseOtherEncodings(text);
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new JsonReader(parser).document();
        } catch (JsonProcessingException refused) {
            long offset = refused.getLocation() == null ? 0 : refused.getLocation().getByteOffset();
            throw new MalformedJsonException(refused.getOriginalMessage(), offset);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
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

    private JsonValue document() throws IOException {
        if (parser.nextToken() == null) {
            throw malformed("no value");
        }
        do {
            take(parser.currentToken());
        } while (depth > 0 && parser.nextToken() != null);
        if (depth > 0) {
            throw malformed("end of text within a value");
        }
        if (parser.nextToken() != null) {
            throw malformed("more than one value");
        }
        return values[0];
    }

    private void take(JsonToken token) throws IOException {
        switch (token) {
            case FIELD_NAME -> {}
            case START_OBJECT, START_ARRAY -> open();
            case END_OBJECT -> close(object());
            case END_ARRAY -> close(array());
            case VALUE_STRING -> push(new JsonString(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> push(new JsonNumber(parser.getText()));
            case VALUE_TRUE -> push(JsonBoolean.TRUE);
            case VALUE_FALSE -> push(JsonBoolean.FALSE);
            case VALUE_NULL -> push(JsonNull.NULL);
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException("a token no JSON text has: " + token);
        }
    }

    private void open() {
        if (depth == starts.length) {
            starts = Arrays.copyOf(starts, 2 * depth);
        }
        starts[depth++] = size;
    }

    private JsonValue object() {
        int start = starts[depth - 1];
        if (start == size) {
            return JsonObject.empty();
        }
        try {
            return new JsonObject(
                    Arrays.copyOfRange(keys, start, size), Arrays.copyOfRange(values, start, size));
        } catch (JsonObject.DuplicateKeyException duplicate) {
            throw malformed(duplicate.getMessage() + " in the object that ends");
        }
    }

    private JsonValue array() {
        int start = starts[depth - 1];
        return JsonArray.of(Arrays.asList(values).subList(start, size));
    }

    private void close(JsonValue container) throws IOException {
        size = starts[--depth];
        push(container);
    }

    private void push(JsonValue value) throws IOException {
        if (size == values.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        keys[size] = parser.currentName();
        values[size++] = value;
    }

    private MalformedJsonException malformed(String reason) {
        return new MalformedJsonException(reason, parser.currentLocation().getByteOffset());
    }
}
