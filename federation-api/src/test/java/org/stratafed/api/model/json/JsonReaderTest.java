package org.stratafed.api.model.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1",
                "{\"a\":1",
                "}",
                "]",
                "[1}",
                "nul",
                "True",
                "NaN",
                "Infinity",
                "-Infinity",
                "+1",
                "-",
                "01",
                "-01",
                "00",
                ".5",
                "1.",
                "1.e1",
                "1e",
                "1e+",
                "0x10",
                "1_000",
                "'a'",
                "{'a':1}",
                "{a:1}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\":1 \"b\":2}",
                "/* c */ {}",
                "{} // c",
                "# c\n{}",
                "{} {}",
                "{}x",
                "1 2",
                "1,",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12G4\"",
                "\"\t\"",
                "\"\n\"",
                "\"\0\"",
                "{\"a\u0001\":1}",
                "\uFEFF{}",
                "\u00A0{}",
                "\u000B{}",
                "{}\0",
            })
    void whatIsNotOneJsonValueIsRefused(String text) {
        assertRefused(text.getBytes(UTF_8));
    }

    /// Parsers differ in which of the two they take, and a hash is over one of them.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"b\":2,\"a\":3}",
                "{\"a\":1,\"\\u0061\":2}",
                "[{\"x\":{\"\":1,\"\":2}}]",
                "{\"\\ud83d\\ude00\":1,\"\uD83D\uDE00\":2}",
            })
    void anObjectWithAKeyTwiceIsRefused(String text) {
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> read(text))
                .withMessageStartingWith("duplicate key ");
    }

    /// In ISO 8859-1 each character is the byte of that value.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\u0080\"",
                "\"\u00C3\"",
                "\"\u00C3(\"",
                "\"\u00C0\u0080\"",
                "\"\u00C1\u00BF\"",
                "\"\u00E0\u009F\u00BF\"",
                "\"\u00ED\u00A0\u0080\"",
                "\"\u00ED\u00BF\u00BF\"",
                "\"\u00E2\u0082\"",
                "\"\u00F0\u008F\u00BF\u00BF\"",
                "\"\u00F4\u0090\u0080\u0080\"",
                "\"\u00F5\u0080\u0080\u0080\"",
                "\"\u00FF\"",
                "{\"\u00ED\u00A0\u0080\":1}",
            })
    void malformedUtf8IsRefused(String bytes) {
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> JsonReader.read(bytes.getBytes(ISO_8859_1)))
                .withMessageStartingWith("malformed UTF-8 at byte ");
    }

    static List<Charset> otherEncodings() {
        return List.of(UTF_16LE, UTF_16BE, Charset.forName("UTF-32LE"), Charset.forName("UTF-32"));
    }

    @ParameterizedTest
    @MethodSource("otherEncodings")
    void otherEncodingsAreNotGuessed(Charset encoding) {
        assertRefused("{\"a\":1}".getBytes(encoding));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1.0",
                "1.10",
                "1e10",
                "1E+010",
                "-1.5e-7",
                "9007199254740993",
                "123456789012345678901234567890",
                "1e999999999",
            })
    void aNumberIsKeptAsWritten(String lexeme) {
        assertThat(read(lexeme)).isEqualTo(new JsonNumber(lexeme));
        assertThat(read("[" + lexeme + "]")).hasToString("[" + lexeme + "]");
    }

    @Test
    void aNumberMayFillAnEventButNotExceedIt() {
        var longest = "1".repeat(JsonNumber.LEXEME_CHARS_MAX);

        assertThat(read(longest)).isEqualTo(new JsonNumber(longest));
        assertRefused((longest + "1").getBytes(UTF_8));
        assertRefused(("[" + longest + ".5e1]").getBytes(UTF_8));
    }

    @Test
    void aLoneSurrogateIsKeptSoThatOnlyItsEventIsRefused() {
        var object = (JsonObject) read("{\"a\":\"x\\ud800\",\"\\uDEAD\":[\"\\ude00\\ud83d\"]}");

        assertThat(object.string("a")).hasValue("x\uD800");
        assertThat(object.array("\uDEAD").orElseThrow().strings())
                .hasValue(List.of("\uDE00\uD83D"));
        assertThat(object).hasToString("{\"a\":\"x\\ud800\",\"\\udead\":[\"\\ude00\\ud83d\"]}");
    }

    /// One user of a more tolerant server could otherwise make its transactions unreadable here.
    @Test
    void theDeepestEventThereCanBeIsReadAndWrittenAndCompared() {
        int depth = JsonReader.DEPTH_MAX;
        var arrays = "[".repeat(depth) + "]".repeat(depth);
        var objects = "{\"\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);

        for (String text : List.of(arrays, objects)) {
            JsonValue value = read(text);

            assertThat(CanonicalJson.text(value)).isEqualTo(text);
            assertThat(CanonicalJson.strictViolation(value)).isEmpty();
            assertThat(value.toString()).isEqualTo(text);
            assertThat(value.equals(read(text))).isTrue();
            assertThat(value.hashCode()).isEqualTo(read(text).hashCode());
        }
    }

    @Test
    void whatIsDeeperThanAnyEventIsRefused() {
        assertRefused("[".repeat(JsonReader.DEPTH_MAX + 1).getBytes(UTF_8));
    }

    /// The parser's own defaults would refuse a key longer than 50,000 characters.
    @Test
    void aKeyOrStringMayFillAnEvent() {
        var text = "k".repeat(65_000);

        assertThat(JsonReader.readObject(("{\"" + text + "\":\"" + text + "\"}").getBytes(UTF_8)))
                .isEqualTo(JsonObject.builder().put(text, text).build());
    }

    /// The other way round is where a key starts like a common one, or shares its table slot.
    @Test
    void commonKeysAreSharedAndOthersAreReadAsTheyAre() {
        for (String key : CommonKeys.KEYS) {
            assertThat(((JsonObject) read("{\"" + key + "\":1}")).keys().getFirst()).isSameAs(key);
            for (String other : List.of(key + "s", key.substring(1), key.toUpperCase(ROOT))) {
                assertThat(((JsonObject) read("{\"" + other + "\":1}")).keys())
                        .containsExactly(other);
            }
        }
        assertThat(((JsonObject) read("{\"typ\\u0065\":1}")).keys()).containsExactly("type");
    }

    @Test
    void membersKeepTheOrderTheyCameIn() {
        assertThat(((JsonObject) read("{\"b\":1,\"a\":2,\"c\":{}}")).keys())
                .containsExactly("b", "a", "c");
    }

    @Test
    void theMessageSaysWhatIsWrongAndWhere() {
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> read("{\"é\":1,\"é\":2}"))
                .withMessage("duplicate key \"é\" in the object that ends at byte 15")
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty())
                .satisfies(e -> assertThat(e.offset()).isEqualTo(15));
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> read("[1] 2"))
                .withMessage("more than one value at byte 4");
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> read("[1, x]"))
                .withMessage("no value at byte 4");
    }

    @Test
    void whereAnObjectIsAskedForNothingElseWillDo() {
        assertThat(JsonReader.readObject("{}".getBytes(UTF_8))).isEqualTo(JsonObject.empty());
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> JsonReader.readObject("[]".getBytes(UTF_8)))
                .withMessage("not an object at byte 0");
    }

    private static void assertRefused(byte[] text) {
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> JsonReader.read(text));
    }

    private static JsonValue read(String text) {
        return JsonReader.read(text.getBytes(UTF_8));
    }
}
