package org.stratafed.server.engine.messaging.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.messaging.SampleEvents.ALICE;
import static org.stratafed.server.engine.messaging.SampleEvents.BOB;
import static org.stratafed.server.engine.messaging.SampleEvents.message;
import static org.stratafed.server.engine.messaging.SampleEvents.state;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;

class LevelsTest {

    private static final UserId CAROL = new UserId("@carol:gamma");
    private static final Pdu CREATE =
            state(
                    "create",
                    ALICE,
                    "m.room.create",
                    "",
                    "{'creator': '@alice:alpha', 'additional_creators': ['@carol:gamma']}");

    @ParameterizedTest
    @CsvSource({
        // version, level of the redacting user, level needed, whether it takes effect
        "11, 50, 50, true",
        "11, 49, 50, false",
        "12, 50, 50, true",
        "12, 49, 50, false",
    })
    void aRedactionOfAnothersEventTakesPower(
            String version, long own, long needed, boolean effective) {
        var levels =
                levels(version, "{'users': {'@bob:beta': " + own + "}, 'redact': " + needed + "}");
        assertThat(levels.mayRedact(message("r", BOB), message("a", ALICE))).isEqualTo(effective);
    }

    @Test
    void aServersUsersMayRedactEachOther() {
        var levels = levels("11", "{'redact': 100}");
        var target = message("a", new UserId("@bert:beta"));
        assertThat(levels.mayRedact(message("r", BOB), target)).isTrue();
    }

    @Test
    void aRoomIsNeverRedactedAway() {
        assertThat(levels("11", "{}").mayRedact(message("r", ALICE), CREATE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"11, false", "12, true"})
    void creatorsNeedNoLevelWhereTheyStandAboveAll(String version, boolean effective) {
        var levels = levels(version, "{'redact': 100}");
        var target = message("a", BOB);
        assertThat(levels.mayRedact(message("r", ALICE), target)).isEqualTo(effective);
        assertThat(levels.mayRedact(message("r", CAROL), target)).isEqualTo(effective);
    }

    @Test
    void withoutLevelsOnlyTheCreatorHasPower() {
        var rules = RoomVersionRules.of(new RoomVersion("10")).orElseThrow();
        var levels = Levels.of(rules, Optional.of(CREATE), Optional.empty());
        assertThat(levels.maySetState(ALICE, "m.room.name")).isTrue();
        assertThat(levels.maySetState(BOB, "m.room.name")).isFalse();
    }

    @Test
    void stateTakesTheLevelOfItsTypeOrTheDefault() {
        var levels = levels("11", "{'users': {'@bob:beta': 20}, 'events': {'a': 20, 'b': 21}}");
        assertThat(levels.maySetState(BOB, "a")).isTrue();
        assertThat(levels.maySetState(BOB, "b")).isFalse();
        assertThat(levels.maySetState(BOB, "c")).isFalse();
    }

    private static Levels levels(String version, String content) {
        var rules = RoomVersionRules.of(new RoomVersion(version)).orElseThrow();
        var event = state("levels", ALICE, "m.room.power_levels", "", content);
        return Levels.of(rules, Optional.of(CREATE), Optional.of(event));
    }
}
