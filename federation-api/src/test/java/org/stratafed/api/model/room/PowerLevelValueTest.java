package org.stratafed.api.model.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonValue;

/// @see <a href="https://spec.matrix.org/v1.19/rooms/v1/#deprecated-event-content-schemas">
///     Deprecated event content schemas</a>
class PowerLevelValueTest {

    @ParameterizedTest
    @CsvSource({"100, 100", "-1, -1", "0, 0", "-0, 0"})
    void anIntegerIsALevelInAllVersions(String json, long level) {
        for (String version : new String[] {"1", "5", "6", "9", "10", "12"}) {
            assertThat(read(version, json)).as(version).hasValue(level);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`\"100\"`, 100",
                "`\"000100\"`, 100",
                "`\"+100\"`, 100",
                "`\"-100\"`, -100",
                "`\" 100 \"`, 100",
                "`\" 00100 \"`, 100",
                "`\" +100 \"`, 100",
                "`\" -100 \"`, -100",
                "`\"\\t7\\n\"`, 7",
            })
    void digitsInAStringAreALevelUpToVersion9(String json, long level) {
        for (String version : new String[] {"1", "5", "6", "9"}) {
            assertThat(read(version, json)).as(version).hasValue(level);
        }
        assertThat(read("10", json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\" \"",
                "\"+\"",
                "\"--1\"",
                "\"1.5\"",
                "\"1e2\"",
                "\"1 0\"",
                "\"0x10\"",
                "\"1_000\"",
                "\"\u0661\"",
                "\"x\"",
                "null",
                "[]",
                "[1]",
                "{}"
            })
    void nothingElseIsALevelInAnyVersion(String json) {
        for (String version : new String[] {"1", "9", "10"}) {
            assertThat(read(version, json)).as(version).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "50.57, 50",
        "5.114698E4, 51146",
        "-50.57, -50",
        "1e2, 100",
        "0.9, 0",
        "-0.9, 0",
        "1e300, 9223372036854775807"
    })
    void aFractionIsALevelWithoutWhatIsAfterThePointUpToVersion5(String json, long level) {
        assertThat(read("1", json)).hasValue(level);
        assertThat(read("5", json)).hasValue(level);
        assertThat(read("10", json)).isEmpty();
    }

    @Test
    void aNumberBeyondDoublesIsNoLevel() {
        assertThat(read("1", "1e400")).isEmpty();
        assertThat(read("1", "-1e400")).isEmpty();
        assertThat(PowerLevelValue.isBeyondDoubles(json("1e400"))).isTrue();
        assertThat(PowerLevelValue.isBeyondDoubles(json("1e308"))).isFalse();
        assertThat(PowerLevelValue.isBeyondDoubles(json("1" + "0".repeat(400)))).isFalse();
    }

    /// A decision: levels have 64 bits here, and what has more is as good as the nearest.
    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, 9223372036854775807",
        "-9223372036854775809, -9223372036854775808",
        "100000000000000000000, 9223372036854775807",
    })
    void anIntegerOfMoreThan64BitsIsTheNearestThatHasAsMany(String digits, long level) {
        assertThat(read("1", digits)).hasValue(level);
        assertThat(read("9", '"' + digits + '"')).hasValue(level);
    }

    /// A decision: the specification doesn't know of it, but deployed servers do.
    @Test
    void trueAndFalseAreLevelsUpToVersion9() {
        assertThat(read("9", "true")).hasValue(1);
        assertThat(read("9", "false")).hasValue(0);
        assertThat(read("10", "true")).isEmpty();
    }

    private static OptionalLong read(String version, String json) {
        var rules = RoomVersionRules.of(new RoomVersion(version)).orElseThrow();
        return PowerLevelValue.read(rules, json(json));
    }

    private static JsonValue json(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
