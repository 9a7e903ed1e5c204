package org.stratafed.api.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The specification's examples, and some it should have.
///
/// @see <a href="https://spec.matrix.org/v1.19/appendices/#examples">Examples of canonical JSON</a>
class CanonicalJsonVectorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {}",
                "{ \"one\": 1, \"two\": \"Two\" } | {\"one\":1,\"two\":\"Two\"}",
                "{ \"b\": \"2\", \"a\": \"1\" } | {\"a\":\"1\",\"b\":\"2\"}",
                "{\"b\":\"2\",\"a\":\"1\"} | {\"a\":\"1\",\"b\":\"2\"}",
                "{ \"a\": \"日本語\" } | {\"a\":\"日本語\"}",
                "{ \"本\": 2, \"日\": 1 } | {\"日\":1,\"本\":2}",
                "{ \"a\": \"\\u65E5\" } | {\"a\":\"日\"}",
                "{ \"a\": null } | {\"a\":null}",
                "{ \"a\": -0, \"b\": 1e10 } | {\"a\":0,\"b\":10000000000}",
            })
    void anExampleOfTheSpecificationComesOutAsItSays(String input, String output) {
        assertThat(canonical(input)).isEqualTo(output);
    }

    @Test
    void nestedObjectsAreSortedAtEveryLevelAndArraysKeepTheirOrder() {
        var input =
                """
                {"auth": {"success": true, "mxid": "@john.doe:example.com",
                  "profile": {"display_name": "John Doe", "three_pids": [
                    {"medium": "email", "address": "john.doe@example.org"},
                    {"medium": "msisdn", "address": "123456789"}]}}}
                """;

        assertThat(canonical(input))
                .isEqualTo(
                        "{\"auth\":{\"mxid\":\"@john.doe:example.com\",\"profile\":"
                                + "{\"display_name\":\"John Doe\",\"three_pids\":["
                                + "{\"address\":\"john.doe@example.org\",\"medium\":\"email\"},"
                                + "{\"address\":\"123456789\",\"medium\":\"msisdn\"}]},"
                                + "\"success\":true}}");
    }

    /// UTF-16 has the smiley, two surrogates from U+D800, before the fullwidth tilde at U+FF5E.
    @Test
    void keysAreInTheOrderOfCodePointsNotOfUtf16Units() {
        var tilde = "\uFF5E";
        var smiley = "\uD83D\uDE00";
        var object = JsonObject.builder().put(tilde, 1).put(smiley, 2).put("a", 3).build();

        assertThat(CanonicalJson.text(object))
                .isEqualTo("{\"a\":3,\"" + tilde + "\":1,\"" + smiley + "\":2}");
    }

    @Test
    void exactlyTheControlsTheQuoteAndTheBackslashAreEscaped() {
        var object = JsonObject.builder().put("a", "\u007F\u2028/\0\b\u001F\t\"\\").build();

        assertThat(HexFormat.of().formatHex(CanonicalJson.encode(object)))
                .isEqualTo("7b2261223a227fe280a82f5c75303030305c625c75303031665c745c225c5c227d");
    }

    private static String canonical(String text) {
        return new String(CanonicalJson.encode(JsonReader.read(text.getBytes(UTF_8))), UTF_8);
    }
}
