package org.stratafed.api.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    /// What the reference implementation's `float` prints, apart from integers that are written
    /// with an exponent only: there the specification's example has it otherwise.
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-1, -1",
        "9007199254740993, 9007199254740993",
        "123456789012345678901234567890, 123456789012345678901234567890",
        "1.0, 1.0",
        "-0.0, -0.0",
        "1e10, 10000000000",
        "1E+2, 100",
        "12345.678e3, 12345678.0",
        "9007199254740991.0, 9007199254740991.0",
        "9007199254740992.0, 9007199254740992.0",
        "1.5, 1.5",
        "-1.25, -1.25",
        "0.10, 0.1",
        "100.250, 100.25",
        "1e16, 1e+16",
        "9.5e15, 9500000000000000.0",
        "1e23, 1e+23",
        "123456789012345680000.0, 1.2345678901234568e+20",
        "1e-4, 0.0001",
        "1e-5, 1e-05",
        "0.00001234, 1.234e-05",
        "1.0e-10, 1e-10",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
    })
    void numbersThatAreNotCanonicalAreWrittenAsRoomsThatHaveThemExpect(
            String lexeme, String written) {
        assertThat(CanonicalJson.text(new JsonNumber(lexeme))).isEqualTo(written);
    }

    /// No double is that large, and there is no number to write in its place.
    @Test
    void aNumberBeyondAllDoublesStaysAsItIs() {
        assertThat(CanonicalJson.text(new JsonNumber("1e999999999"))).isEqualTo("1e999999999");
    }

    @Test
    void aPeersOwnFractionsCanBeKeptAsItSignedThem() {
        var body = JsonReader.read("{\"b\":1.0,\"a\":[1e10,-0,-0.0]}".getBytes(UTF_8));

        assertThat(new String(CanonicalJson.encodeKeepingNumbers(body), UTF_8))
                .isEqualTo("{\"a\":[1e10,0,-0.0],\"b\":1.0}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "{\"\\udc00\":1}", "[\"\\ude00\\ud83d\"]"})
    void aLoneSurrogateHasNoCanonicalForm(String text) {
        var value = JsonReader.read(text.getBytes(UTF_8));

        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.encode(value));
        assertThat(CanonicalJson.strictViolation(value)).hasValue("a string has a lone surrogate");
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, not an integer: 1.0",
        "1e2, not an integer: 1e2",
        "1E2, not an integer: 1E2",
        "-0.0, not an integer: -0.0",
        "9007199254740992, out of range: 9007199254740992",
        "-9007199254740992, out of range: -9007199254740992",
        "10000000000000000, out of range: 10000000000000000",
    })
    void aNumberOutsideOfCanonicalJsonIsAViolationAtAnyDepth(String lexeme, String violation) {
        var value = JsonReader.read(("{\"a\":[0,{\"b\":" + lexeme + "}]}").getBytes(UTF_8));

        assertThat(CanonicalJson.strictViolation(value)).hasValue(violation);
    }

    /// `-0` is 0 to most parsers, so an event with it is in rooms already.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "9007199254740991",
                "-9007199254740991",
                "\"\uD83D\uDE00\"",
                "{}"
            })
    void whatIsCanonicalIsNoViolation(String text) {
        var value = JsonArray.of(List.of(JsonReader.read(text.getBytes(UTF_8))));

        assertThat(CanonicalJson.strictViolation(value)).isEmpty();
    }
}
