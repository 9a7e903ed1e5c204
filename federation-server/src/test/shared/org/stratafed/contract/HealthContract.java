package org.stratafed.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.Gap;
import org.stratafed.api.model.room.StateReset;
import org.stratafed.api.spi.store.RoomHealthStore;

/// What every store does with what is the matter with rooms.
public abstract class HealthContract extends StoreContract {

    private static final RoomId LOBBY = new RoomId("!lobby:local.example");
    private static final RoomId ATTIC = new RoomId("!attic:local.example");
    private static final EventId LOST = new EventId("$lost");
    private static final EventId OTHER = new EventId("$other");
    private static final Gap.Asked ASKED =
            new Gap.Asked(new ServerName("remote.example"), 5, "event", "404 \"gone\"");

    @Test
    void aGapIsWhatWasSavedLastOfItUntilItIsFilled() {
        var first = gap(LOBBY, LOST, 1, OptionalLong.of(9));
        var second = gap(LOBBY, LOST, 2, OptionalLong.empty());
        var other = gap(LOBBY, OTHER, 0, OptionalLong.of(1));
        await(health().saveGaps(LOBBY, List.of(first, other), ids()));
        await(health().saveGaps(LOBBY, List.of(second), ids()));
        await(health().saveGaps(ATTIC, List.of(gap(ATTIC, LOST, 7, OptionalLong.of(2))), ids()));
        restart();
        assertThat(await(health().gaps(LOBBY))).containsExactly(second, other);
        assertThat(await(health().roomsWithGaps())).containsExactly(ATTIC, LOBBY);
        await(health().saveGaps(LOBBY, List.of(), ids("$lost", "$other", "$unknown")));
        restart();
        assertThat(await(health().gaps(LOBBY))).isEmpty();
        assertThat(await(health().gaps(ATTIC))).hasSize(1);
        assertThat(await(health().roomsWithGaps())).containsExactly(ATTIC);
    }

    @Test
    void stateResetsComeWithTheChangeAndAreReadNewestFirst() {
        var one = reset(ATTIC, 1, Optional.of(OTHER));
        var two = reset(ATTIC, 2, Optional.empty());
        var three = reset(LOBBY, 3, Optional.of(OTHER));
        await(rooms().commit(new CommitDraft(ATTIC, 0).reset(one).reset(two).build()));
        await(rooms().commit(new CommitDraft(LOBBY, 0).reset(three).build()));
        restart();
        assertThat(await(health().resets())).containsExactly(three, two, one);
        assertThat(await(health().resets(ATTIC))).containsExactly(two, one);
    }

    @Test
    void aConflictRecordsNoReset() {
        var conflict = reset(ATTIC, 1, Optional.empty());
        await(rooms().commit(new CommitDraft(ATTIC, 5).reset(conflict).build()));
        assertThat(await(health().resets())).isEmpty();
    }

    @Test
    void onlyTheNewestStateResetsAreKept() {
        int rooms = RoomHealthStore.RESETS_MAX / RoomHealthStore.RESETS_PER_ROOM_MAX + 1;
        var all = new ArrayList<StateReset>();
        for (int i = 0; i < rooms; i++) {
            var room = new RoomId("!r" + i + ":local.example");
            var draft = new CommitDraft(room, 0);
            for (int j = 0; j < RoomHealthStore.RESETS_PER_ROOM_MAX + 3; j++) {
                var reset = reset(room, i * 1_000L + j, Optional.empty());
                draft.reset(reset);
                if (j >= 3) {
                    all.addFirst(reset);
                }
            }
            await(rooms().commit(draft.build()));
        }
        assertThat(await(health().resets()))
                .isEqualTo(all.subList(0, RoomHealthStore.RESETS_MAX));
        var last = new RoomId("!r" + (rooms - 1) + ":local.example");
        assertThat(await(health().resets(last)))
                .isEqualTo(all.subList(0, RoomHealthStore.RESETS_PER_ROOM_MAX));
    }

    private static Gap gap(RoomId room, EventId missing, int attempts, OptionalLong next) {
        return new Gap(
                room,
                missing,
                ids("$waits"),
                ids("$ends", "$too"),
                List.of(ASKED, ASKED),
                attempts,
                3,
                next);
    }

    private static StateReset reset(RoomId room, long at, Optional<EventId> chosen) {
        var sides = new LinkedHashMap<EventId, Optional<EventId>>();
        sides.put(new EventId("$b"), Optional.empty());
        sides.put(new EventId("$a"), Optional.of(OTHER));
        return new StateReset(
                room,
                at,
                new StateKeyTuple("m.room.topic", "k"),
                LOST,
                chosen,
                sides,
                ids("$p"),
                StateReset.Step.MAINLINE_ORDERING,
                "It's so.");
    }

    private static SequencedSet<EventId> ids(String... ids) {
        var set = new LinkedHashSet<EventId>();
        Arrays.stream(ids).forEach(id -> set.add(new EventId(id)));
        return set;
    }
}
