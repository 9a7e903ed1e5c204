package org.stratafed.api.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRoundTripTest {

    private static final int VALUES = 2_000;
    private static final String TOKENS = "{}[]\",:0123456789eE.-+\\untrf ";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theCanonicalFormIsTheOneANaiveEncoderWrites(long seed) {
        var generator = new JsonGenerator(new Random(seed));

        for (int i = 0; i < VALUES; i++) {
            JsonValue value = generator.value();

            assertThat(CanonicalJson.text(value)).isEqualTo(NaiveCanonicalJson.text(value));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8, 9, 10})
    void whatIsWrittenReadsAsWhatItWas(long seed) {
        var generator = new JsonGenerator(new Random(seed));

        for (int i = 0; i < VALUES; i++) {
            JsonValue value = generator.value();
            JsonValue plain = JsonReader.read(JsonWriter.write(value));
            JsonValue canonical = JsonReader.read(CanonicalJson.encode(value));

            assertThat(plain).isEqualTo(value).hasToString(value.toString());
            assertThat(canonical).isEqualTo(value).hasSameHashCodeAs(value);
            assertThat(CanonicalJson.encode(canonical)).isEqualTo(CanonicalJson.encode(value));
        }
    }

    /// Whatever a peer sends, there are two ways it can end. What passes must mean the same when
    /// it is read again, or this server would sign something else than it was sent.
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void damagedTextIsRefusedOrStable(long seed) {
        var random = new Random(seed);
        var generator = new JsonGenerator(random);

        int refused = 0;
        for (int i = 0; i < VALUES; i++) {
            byte[] text = JsonWriter.write(generator.value());
            damage(text, random);
            try {
                JsonValue value = JsonReader.read(text);
                assertThat(JsonReader.read(JsonWriter.write(value))).isEqualTo(value);
            } catch (MalformedJsonException _) {
                refused++;
            }
        }

        assertThat(refused).isBetween(VALUES / 2, VALUES - VALUES / 50);
    }

    /// Another parser is the judge of what is JSON, where it judges at all.
    @ParameterizedTest
    @ValueSource(longs = {16, 17, 18, 19, 20})
    void damagedTextIsRefusedExactlyIfAnotherParserRefusesIt(long seed) {
        var random = new Random(seed);
        var generator = new JsonGenerator(random);

        for (int i = 0; i < VALUES; i++) {
            byte[] text = JsonWriter.write(generator.value());
            damage(text, random);
            if (Utf8.indexOfMalformed(text) < 0) {
                assertThat(isRead(text))
                        .as(() -> new String(text, UTF_8))
                        .isEqualTo(JacksonOracle.accepts(text));
            }
        }
    }

    @Test
    void whiteSpaceAndEscapesThatNeedNotBeChangeNothing() {
        var spaced = " { \"\\u0061\" :\t[ 1 ,\r\n2 ] , \"b\" : \"\\/\\u00e9\" } \n";
        var compact = "{\"a\":[1,2],\"b\":\"/é\"}";

        assertThat(JsonReader.read(spaced.getBytes(UTF_8)))
                .isEqualTo(JsonReader.read(compact.getBytes(UTF_8)))
                .hasToString(compact);
    }

    private static boolean isRead(byte[] text) {
        try {
            JsonReader.read(text);
            return true;
        } catch (MalformedJsonException _) {
            return false;
        }
    }

    private static void damage(byte[] text, Random random) {
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            int at = random.nextInt(text.length);
            text[at] =
                    random.nextBoolean()
                            ? (byte) random.nextInt(256)
                            : (byte) TOKENS.charAt(random.nextInt(TOKENS.length()));
        }
    }
}
