package org.stratafed.server.engine.messaging.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.messaging.SampleEvents.ALICE;
import static org.stratafed.server.engine.messaging.SampleEvents.BOB;
import static org.stratafed.server.engine.messaging.SampleEvents.member;
import static org.stratafed.server.engine.messaging.SampleEvents.message;
import static org.stratafed.server.engine.messaging.SampleEvents.state;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratafed.server.engine.messaging.reading.HistoryVisibility.Around;

class HistoryVisibilityTest {

    @ParameterizedTest
    @CsvSource({
        // setting, membership, shown to who never joins after, shown to who does
        "WORLD_READABLE, join, true, true",
        "WORLD_READABLE, invite, true, true",
        "WORLD_READABLE, leave, true, true",
        "WORLD_READABLE, ban, true, true",
        "WORLD_READABLE, knock, true, true",
        "SHARED, join, true, true",
        "SHARED, invite, false, true",
        "SHARED, leave, false, true",
        "SHARED, ban, false, true",
        "SHARED, knock, false, true",
        "INVITED, join, true, true",
        "INVITED, invite, true, true",
        "INVITED, leave, false, false",
        "INVITED, ban, false, false",
        "INVITED, knock, false, false",
        "JOINED, join, true, true",
        "JOINED, invite, false, false",
        "JOINED, leave, false, false",
        "JOINED, ban, false, false",
        "JOINED, knock, false, false",
    })
    void aMessageIsShownByTheSettingAndTheMembershipAtIt(
            HistoryVisibility setting, String membership, boolean never, boolean later) {
        var around = new Around(setting, setting, membership, membership);
        var event = message("a", BOB);
        assertThat(HistoryVisibility.shows(event, around, ALICE, false)).isEqualTo(never);
        assertThat(HistoryVisibility.shows(event, around, ALICE, true)).isEqualTo(later);
    }

    @ParameterizedTest
    @CsvSource({
        "WORLD_READABLE, JOINED, true",
        "JOINED, WORLD_READABLE, true",
        "JOINED, INVITED, false",
    })
    void aChangeOfTheSettingIsShownByTheOldOneOrTheNewOne(
            HistoryVisibility before, HistoryVisibility after, boolean shown) {
        var event = state("a", BOB, "m.room.history_visibility", "", "{}");
        var around = new Around(before, after, "leave", "leave");
        assertThat(HistoryVisibility.shows(event, around, ALICE, false)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"leave, join, true", "join, leave, true", "join, ban, true", "leave, ban, false"})
    void theReadersOwnMembershipIsShownByWhatItWasOrIs(String before, String after, boolean shown) {
        var around = new Around(HistoryVisibility.JOINED, HistoryVisibility.JOINED, before, after);
        assertThat(HistoryVisibility.shows(member("a", ALICE, after), around, ALICE, false))
                .isEqualTo(shown);
        assertThat(HistoryVisibility.shows(member("a", BOB, after), around, ALICE, false))
                .isEqualTo(after.equals("join"));
    }

    @ParameterizedTest
    @CsvSource({
        "{`history_visibility`: `world_readable`}, WORLD_READABLE",
        "{`history_visibility`: `joined`}, JOINED",
        "{`history_visibility`: `nonsense`}, SHARED",
        "{`history_visibility`: 7}, SHARED",
        "{}, SHARED",
    })
    void whatNobodyUnderstandsIsShared(String content, HistoryVisibility setting) {
        var quoted = content.replace('`', '\'');
        var event = state("a", BOB, "m.room.history_visibility", "", quoted);
        assertThat(HistoryVisibility.of(Optional.of(event))).isEqualTo(setting);
    }

    @Test
    void aRoomThatSaysNothingSharesItsHistory() {
        assertThat(HistoryVisibility.of(Optional.empty())).isEqualTo(HistoryVisibility.SHARED);
    }
}
