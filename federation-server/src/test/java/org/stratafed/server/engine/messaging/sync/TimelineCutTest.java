package org.stratafed.server.engine.messaging.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.messaging.SampleEvents.ALICE;
import static org.stratafed.server.engine.messaging.SampleEvents.ROOM;
import static org.stratafed.server.engine.messaging.SampleEvents.message;
import static org.stratafed.server.engine.messaging.SampleEvents.state;
import static org.stratafed.server.engine.messaging.SampleEvents.stored;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.SINCE;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.UP_TO;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.id;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.limit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.server.engine.messaging.reading.HistoryToken;
import org.stratafed.server.engine.messaging.reading.ShownEvent;

class TimelineCutTest {

    private static final RoomTask FOLLOWED = new RoomTask(ROOM, true, 50, UP_TO, SINCE, false);
    private static final RoomTask NEW =
            new RoomTask(ROOM, true, 0, UP_TO, OptionalLong.empty(), true);

    @Test
    void whatFitsIsShownWhole() {
        var cut = cut(FOLLOWED, messages(51, 53), false, List.of(), limit(10));
        assertThat(positions(cut)).containsExactly(51L, 52L, 53L);
        assertThat(cut.limited()).isFalse();
        assertThat(cut.prevBatch()).isEqualTo(before(51));
        assertThat(cut.startPosition(FOLLOWED)).isEqualTo(50);
    }

    @Test
    void ofWhatDoesNotFitTheNewestIsShownAndTheRestIsPagedBackTo() {
        var cut = cut(FOLLOWED, messages(51, 60), false, List.of(), limit(3));
        assertThat(positions(cut)).containsExactly(58L, 59L, 60L);
        assertThat(cut.limited()).isTrue();
        assertThat(cut.prevBatch()).isEqualTo(before(58));
        assertThat(cut.startPosition(FOLLOWED)).isEqualTo(57);
    }

    @Test
    void whatWasNotReadIsNotDeniedEither() {
        assertThat(cut(FOLLOWED, messages(51, 53), true, List.of(), limit(3)).limited()).isTrue();
    }

    @Test
    void aTimelineOfNothingIsLimitedIfThereWouldBeSomething() {
        var cut = cut(FOLLOWED, messages(51, 53), false, List.of(), limit(0));
        assertThat(cut.events()).isEmpty();
        assertThat(cut.limited()).isTrue();
        assertThat(cut.prevBatch()).isEqualTo(HistoryToken.at(UP_TO));
        assertThat(cut.startPosition(FOLLOWED)).isEqualTo(UP_TO);
    }

    /// Before an event that cites what isn't here, something is missing: showing it right after
    /// the event before would hide that.
    @Test
    void aTimelineStartsBehindTheLastGap() {
        var gaps = List.of(id("52"), id("54"));
        var cut = cut(FOLLOWED, messages(51, 55), false, gaps, limit(10));
        assertThat(positions(cut)).containsExactly(54L, 55L);
        assertThat(cut.limited()).isTrue();
        assertThat(cut.prevBatch()).isEqualTo(before(54));
    }

    @Test
    void aGapRightAtTheStartIsMarked() {
        var cut = cut(FOLLOWED, messages(51, 52), false, List.of(id("51")), limit(10));
        assertThat(positions(cut)).containsExactly(51L, 52L);
        assertThat(cut.limited()).isTrue();
    }

    @Test
    void aNewRoomIsLimitedUnlessItsStartIsShown() {
        assertThat(cut(NEW, messages(51, 52), false, List.of(), limit(10)).limited()).isTrue();
        var whole = new ArrayList<StoredEvent>();
        whole.add(stored(state("create", ALICE, "m.room.create", "", "{}"), 50));
        whole.addAll(messages(51, 52));
        assertThat(cut(NEW, whole, false, List.of(), limit(10)).limited()).isFalse();
        assertThat(cut(NEW, whole, false, List.of(), limit(2)).limited()).isTrue();
    }

    @Test
    void aFilterIsNoGap() {
        var filter =
                new EventFilter(
                        10,
                        Optional.empty(),
                        List.of("m.room.message"),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        false);
        var raw = new ArrayList<>(messages(51, 52));
        raw.add(stored(state("n", ALICE, "m.room.name", "", "{}"), 53));
        var cut = cut(FOLLOWED, raw, false, List.of(), filter);
        assertThat(positions(cut)).containsExactly(53L);
        assertThat(cut.limited()).isFalse();
        assertThat(cut.prevBatch()).isEqualTo(before(51));
    }

    private static TimelineCut cut(
            RoomTask task,
            List<StoredEvent> raw,
            boolean truncated,
            List<EventId> gaps,
            EventFilter filter) {
        var shown = raw.stream().map(SyncFixture::shown).toList();
        return TimelineCut.of(task, raw, truncated, shown, new LinkedHashSet<>(gaps), filter);
    }

    private static List<StoredEvent> messages(long first, long last) {
        var messages = new ArrayList<StoredEvent>();
        for (long position = first; position <= last; position++) {
            messages.add(stored(message(Long.toString(position), ALICE), position));
        }
        return messages;
    }

    private static List<Long> positions(TimelineCut cut) {
        return cut.events().stream().map(ShownEvent::position).toList();
    }

    private static HistoryToken before(long position) {
        return new HistoryToken(TimelineStore.orderAt(position));
    }
}
