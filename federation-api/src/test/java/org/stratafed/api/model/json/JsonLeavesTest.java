package org.stratafed.api.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers, strings and what they are made of.
class JsonLeavesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-7, -7",
        "999999999999999999, 999999999999999999",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
    })
    void anIntegerThatFitsHasItsValue(String lexeme, long value) {
        assertThat(new JsonNumber(lexeme).asLong()).hasValue(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1e2",
                "1E2",
                "9223372036854775808",
                "-9223372036854775809",
                "10000000000000000000",
                "123456789012345678901234567890"
            })
    void otherNumbersHaveNoneAsAnInteger(String lexeme) {
        assertThat(new JsonNumber(lexeme).asLong()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "01", "1.", ".1", "1e", "1e+", "+1", "NaN", "1 ", "0x1", "١"})
    void whatIsNotANumberCannotBeOne(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new JsonNumber(text));
    }

    @Test
    void theExactValueIsToBeHadUnlessItIsBeyondDoubles() {
        assertThat(new JsonNumber("5.114698E4").decimal()).isEqualTo(new BigDecimal("51146.98"));
        assertThat(new JsonNumber("1e308").decimal()).isEqualTo(new BigDecimal("1e308"));
        for (String giant : List.of("1e999999999", "1e-999999999", "1e99999999999999999999")) {
            assertThatExceptionOfType(ArithmeticException.class)
                    .isThrownBy(() -> new JsonNumber(giant).decimal());
        }
    }

    @Test
    void anArraysStringsAreToBeHadIfThereIsNothingElse() {
        var mixed = JsonArray.of(List.of(new JsonString("a"), JsonObject.empty()));

        assertThat(JsonArray.ofStrings(List.of("a", "b")).strings()).hasValue(List.of("a", "b"));
        assertThat(JsonArray.empty().strings()).hasValue(List.of());
        assertThat(mixed.strings()).isEmpty();
        assertThat(mixed.objects()).containsExactly(JsonObject.empty());
    }

    @Test
    void stringsAreComparedByCodePoint() {
        var ascending =
                List.of("", "a", "a\0", "aa", "b", "\uD7FF", "\uE000", "\uFFFF", "\uD800\uDC00");

        for (int i = 0; i < ascending.size(); i++) {
            for (int j = 0; j < ascending.size(); j++) {
                assertThat(Integer.signum(CodePoints.compare(ascending.get(i), ascending.get(j))))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', -1",
        "a, -1",
        "\uD83D\uDE00, -1",
        "\uD83D, 0",
        "a\uDE00, 1",
        "\uD83D\uDE00\uD83D, 2",
        "\uD83D\uD83D\uDE00, 0",
    })
    void aLoneSurrogateIsFound(String text, int index) {
        assertThat(CodePoints.indexOfLoneSurrogate(text)).isEqualTo(index);
    }

    /// The bytes are picked so that most sequences come close to being right.
    @Test
    void utf8IsWellFormedIfTheJdksStrictDecoderSaysSo() {
        byte[] interesting = {
            'a',
            0,
            0x7F,
            (byte) 0x80,
            (byte) 0x8F,
            (byte) 0x90,
            (byte) 0x9F,
            (byte) 0xA0,
            (byte) 0xBF,
            (byte) 0xC0,
            (byte) 0xC1,
            (byte) 0xC2,
            (byte) 0xDF,
            (byte) 0xE0,
            (byte) 0xE1,
            (byte) 0xED,
            (byte) 0xEE,
            (byte) 0xEF,
            (byte) 0xF0,
            (byte) 0xF1,
            (byte) 0xF4,
            (byte) 0xF5,
            (byte) 0xFF
        };
        var random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            var bytes = new byte[random.nextInt(6)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = interesting[random.nextInt(interesting.length)];
            }

            assertThat(Utf8.indexOfMalformed(bytes) < 0).isEqualTo(isUtf8ToTheJdk(bytes));
        }
    }

    private static boolean isUtf8ToTheJdk(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
