package org.stratafed.api.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPartsTest {

    private static final String SAMPLE =
            " {\n \"state\" : [ {\"a\":[1,\"]}\\\"\",{}]},\"x\\\\\" , 12, [[\"[\"]] ,null],"
                    + "\"empty\":[],\"event\":{\"b\":{\"c\":\"}\"}},\"n\":-1.5e3,\"s\":\"ü,]\","
                    + "\"t\":true }\r\n";

    @Test
    void theObjectIsTakenApart() {
        assertThat(texts(SAMPLE, 1_000))
                .containsExactly(
                        "state[",
                        "state {\"a\":[1,\"]}\\\"\",{}]}",
                        "state \"x\\\\\"",
                        "state 12",
                        "state [[\"[\"]]",
                        "state null",
                        "empty[",
                        "event={\"b\":{\"c\":\"}\"}}",
                        "n=-1.5e3",
                        "s=\"ü,]\"",
                        "t=true");
    }

    @Test
    void itDoesNotMatterHowTheTextArrives() {
        var whole = texts(SAMPLE, 1_000);
        for (int bytes = 1; bytes < 20; bytes++) {
            assertThat(texts(SAMPLE, bytes)).as("%s bytes at a time", bytes).isEqualTo(whole);
        }
    }

    @Test
    void anEmptyObjectHasNoParts() {
        assertThat(texts("{}", 1)).isEmpty();
    }

    /// Put together again, the parts are what the reader makes of the whole, or neither takes it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1,2],\"b\":{}}",
                "{\"a\":[1,],\"b\":{}}",
                "{\"a\":[,1]}",
                "{\"a\":[1 2]}",
                "{\"a\":[1}",
                "{\"a\":[1]",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":1 \"b\":2}",
                "{\"a\" 1}",
                "{a:1}",
                "{\"a\":}",
                "{\"a\":1}x",
                "{\"a\":1}{}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":[1],\"\\u0061\":2}",
                "{\"a\":tru}",
                "{\"a\":[tru]}",
                "{\"a\":[{]}]}",
                "{\"a\":[{\"b\":1,\"b\":2}]}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":01}",
                "[1]",
                "1",
                "",
                "{\"a\":[]]}",
                "{\"a\":\"b",
                "{\"a\":[\"b]}",
                "\uFEFF{}"
            })
    void itTakesWhatTheReaderTakes(String text) {
        for (int bytes : List.of(1, 3, 1_000)) {
            assertThat(outcome(() -> reassembled(text, bytes)))
                    .as("%s, %s bytes at a time", text, bytes)
                    .isEqualTo(outcome(() -> JsonReader.readObject(text.getBytes(UTF_8))));
        }
    }

    @Test
    void malformedUtf8IsRefusedInAPart() {
        var text = "{\"a\":[\"?\"]}".getBytes(UTF_8);
        text[7] = (byte) 0xC0;
        assertThatThrownBy(() -> reassembled(text, 4)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void aPartThatIsTooLargeIsRefusedBeforeItIsThere() {
        var parts = new JsonParts(10);
        parts.take("{\"a\":[\"12345678\",\"".getBytes(UTF_8));
        assertThatThrownBy(() -> parts.take("1234567890".getBytes(UTF_8)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("more than 10 bytes");
    }

    @Test
    void moreMembersThanAnyObjectHasAreRefused() {
        var text = new StringBuilder("{");
        for (int i = 0; i <= JsonParts.MEMBERS_MAX; i++) {
            text.append("\"").append(i).append("\":1,");
        }
        assertThatThrownBy(() -> new JsonParts(100).take(text.toString().getBytes(UTF_8)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("members");
    }

    private static String outcome(Supplier<JsonObject> read) {
        try {
            return read.get().toString();
        } catch (MalformedJsonException malformed) {
            return "malformed";
        }
    }

    private static JsonObject reassembled(String text, int bytes) {
        return reassembled(text.getBytes(UTF_8), bytes);
    }

    private static JsonObject reassembled(byte[] text, int bytes) {
        var arrays = new LinkedHashMap<String, List<JsonValue>>();
        var object = JsonObject.empty();
        for (var part : parts(text, bytes)) {
            switch (part) {
                case JsonPart.ArrayBegun(var key) -> {
                    arrays.put(key, new ArrayList<>());
                    object = object.with(key, JsonArray.empty());
                }
                case JsonPart.Item(var key, var item) -> {
                    arrays.get(key).add(JsonReader.read(item));
                    object = object.with(key, JsonArray.of(arrays.get(key)));
                }
                case JsonPart.Value(var key, var value) ->
                        object = object.with(key, JsonReader.read(value));
            }
        }
        return object;
    }

    private static List<String> texts(String text, int bytes) {
        return parts(text.getBytes(UTF_8), bytes).stream()
                .map(
                        part ->
                                switch (part) {
                                    case JsonPart.ArrayBegun(var key) -> key + "[";
                                    case JsonPart.Item(var key, var item) ->
                                            key + " " + new String(item, UTF_8);
                                    case JsonPart.Value(var key, var value) ->
                                            key + "=" + new String(value, UTF_8);
                                })
                .toList();
    }

    private static List<JsonPart> parts(byte[] text, int bytes) {
        var parts = new JsonParts(1_000);
        var found = new ArrayList<JsonPart>();
        for (int at = 0; at < text.length; at += bytes) {
            found.addAll(
                    parts.take(Arrays.copyOfRange(text, at, Math.min(text.length, at + bytes))));
        }
        parts.end();
        return found;
    }
}
