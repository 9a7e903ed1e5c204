package org.stratafed.api.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonObjectTest {

    private static final JsonObject OBJECT =
            JsonObject.builder()
                    .put("text", "t")
                    .put("number", 7)
                    .put("fraction", new JsonNumber("7.0"))
                    .put("flag", true)
                    .put("object", JsonObject.empty())
                    .put("array", JsonArray.ofStrings(List.of("x")))
                    .put("null", JsonNull.NULL)
                    .build();

    @Test
    void aMemberIsThereForWhomAsksForItsType() {
        assertThat(OBJECT.string("text")).hasValue("t");
        assertThat(OBJECT.integer("number")).hasValue(7);
        assertThat(OBJECT.bool("flag")).hasValue(true);
        assertThat(OBJECT.object("object")).hasValue(JsonObject.empty());
        assertThat(OBJECT.array("array")).hasValue(JsonArray.ofStrings(List.of("x")));
        assertThat(OBJECT.get("null")).hasValue(JsonNull.NULL);
    }

    @Test
    void aMemberOfAnotherTypeIsAsGoodAsAbsent() {
        assertThat(OBJECT.string("number")).isEmpty();
        assertThat(OBJECT.integer("text")).isEmpty();
        assertThat(OBJECT.integer("fraction")).isEmpty();
        assertThat(OBJECT.bool("null")).isEmpty();
        assertThat(OBJECT.object("array")).isEmpty();
        assertThat(OBJECT.array("object")).isEmpty();
        assertThat(OBJECT.string("none")).isEmpty();
        assertThat(OBJECT.has("null")).isTrue();
        assertThat(OBJECT.has("none")).isFalse();
    }

    @Test
    void orderIsKeptButEqualityDoesNotDependOnIt() {
        var ab = JsonObject.builder().put("a", 1).put("b", 2).build();
        var ba = JsonObject.builder().put("b", 2).put("a", 1).build();

        assertThat(ab).isEqualTo(ba).hasSameHashCodeAs(ba);
        assertThat(ab).hasToString("{\"a\":1,\"b\":2}");
        assertThat(ba).hasToString("{\"b\":2,\"a\":1}");
        assertThat(ba.keys()).containsExactly("b", "a");
        assertThat(ba.members().sequencedKeySet()).containsExactly("b", "a");
    }

    @Test
    void objectsWithOtherMembersDiffer() {
        var object = JsonObject.builder().put("a", 1).build();

        assertThat(object)
                .isNotEqualTo(JsonObject.empty())
                .isNotEqualTo(JsonObject.builder().put("a", 2).build())
                .isNotEqualTo(JsonObject.builder().put("b", 1).build())
                .isNotEqualTo(JsonObject.builder().put("a", new JsonNumber("1.0")).build())
                .isNotEqualTo(JsonObject.builder().put("a", JsonArray.empty()).build());
    }

    @Test
    void settingAMemberAgainKeepsItsPlace() {
        var object = JsonObject.builder().put("a", 1).put("b", 2).put("a", 3).build();

        assertThat(object).hasToString("{\"a\":3,\"b\":2}");
        assertThat(object.with("a", JsonNull.NULL)).hasToString("{\"a\":null,\"b\":2}");
        assertThat(object.with("0", JsonNull.NULL)).hasToString("{\"a\":3,\"b\":2,\"0\":null}");
        assertThat(object).hasToString("{\"a\":3,\"b\":2}");
    }

    @Test
    void membersCanBeTakenAway() {
        assertThat(OBJECT.without("text", "number", "none", "flag").keys())
                .containsExactly("fraction", "object", "array", "null");
        assertThat(OBJECT.without("none")).isSameAs(OBJECT);
        assertThat(JsonObject.builder().put("a", 1).build().without("a").isEmpty()).isTrue();
    }

    @Test
    void absentMembersAreLeftOut() {
        var object =
                JsonObject.builder()
                        .putIfPresent("a", Optional.empty())
                        .putIfPresent("b", Optional.of(JsonNull.NULL))
                        .putAll(JsonObject.builder().put("c", 1).build())
                        .build();

        assertThat(object).hasToString("{\"b\":null,\"c\":1}");
    }

    /// Many keys are sorted in another way than few, and all are found again.
    @Test
    void everyKeyIsFoundInAnObjectOfAnySize() {
        for (int size = 0; size < 100; size++) {
            var builder = JsonObject.builder();
            for (int i = 0; i < size; i++) {
                builder.put("k" + i * 7919 % 1009, i);
            }
            var object = builder.build();

            assertThat(object.size()).isEqualTo(size);
            for (int i = 0; i < size; i++) {
                assertThat(object.integer("k" + i * 7919 % 1009)).hasValue(i);
            }
            assertThat(object.has("k")).isFalse();
            assertThat(object.has("l")).isFalse();
        }
    }

    @Test
    void whatIsGivenOutCannotBeChanged() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> OBJECT.members().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> OBJECT.keys().clear());
    }
}
