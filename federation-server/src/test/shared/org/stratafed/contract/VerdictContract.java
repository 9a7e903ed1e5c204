package org.stratafed.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.AuthRule;
import org.stratafed.api.model.event.DroppedPdu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.PduOutcome.Wait;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.VerdictStore;

/// What every store does with how events came, and with those that were not kept.
public abstract class VerdictContract extends StoreContract {

    private static final RoomId LOBBY = new RoomId("!lobby:local.example");
    private static final ServerName PEER = new ServerName("peer.example");
    private static final Arrival PUSHED = pushed("1");
    private static final Refusal UNSIGNED = new Refusal(PduCheck.SIGNATURES, "unsigned");
    private static final Refusal BANNED =
            new Refusal(
                    PduCheck.AUTH_EVENTS,
                    Optional.of(new AuthRule("5.3.3")),
                    "banned",
                    List.of(new EventId("$ban")));

    private static Arrival pushed(String transaction) {
        return Arrival.pushed(PEER, new TransactionId(transaction));
    }

    private static DroppedPdu dropped(Arrival arrival, int index, String event, Refusal refusal) {
        var id = Optional.of(event).filter(it -> !it.isEmpty()).map(EventId::new);
        return new DroppedPdu(arrival, index, Optional.of(LOBBY), id, refusal, 1_000 + index);
    }

    @Test
    void whatWasDroppedIsFoundByEventAndRoomAndOriginNewestFirst() {
        var noEvent = dropped(PUSHED, 0, "", UNSIGNED);
        var banned = dropped(PUSHED, 1, "$banned", BANNED);
        var fetched = dropped(Arrival.of(Arrival.Way.FETCHED, PEER), 0, "$banned", UNSIGNED);
        var roomless =
                new DroppedPdu(pushed("2"), 0, Optional.empty(), Optional.empty(), UNSIGNED, 5);

        await(verdicts().drop(List.of(noEvent, banned)));
        await(verdicts().drop(List.of(fetched)));
        await(verdicts().drop(List.of(roomless)));
        restart();

        assertThat(await(verdicts().dropped(new EventId("$banned"))))
                .containsExactly(fetched, banned);
        assertThat(await(verdicts().dropped(LOBBY, 2))).containsExactly(fetched, banned);
        assertThat(await(verdicts().dropped(PEER)))
                .containsExactly(roomless, fetched, banned, noEvent);
        assertThat(await(verdicts().dropped(new ServerName("other.example")))).isEmpty();
    }

    @Test
    void aTransactionThatComesAgainIsNotRecordedTwice() {
        await(verdicts().drop(List.of(dropped(PUSHED, 0, "$a", UNSIGNED))));
        await(verdicts().drop(List.of(dropped(PUSHED, 1, "$b", UNSIGNED))));
        var again = dropped(PUSHED, 0, "$a", BANNED);
        await(verdicts().drop(List.of(again)));

        assertThat(await(verdicts().dropped(new EventId("$a")))).containsExactly(again);
        assertThat(await(verdicts().dropped(PEER))).hasSize(2);
    }

    @Test
    void ofEachOriginTheNewestAreKept() {
        int more = VerdictStore.DROPPED_PER_ORIGIN_MAX + 10;
        var all = new ArrayList<DroppedPdu>();
        IntStream.range(0, more).forEach(i -> all.add(dropped(PUSHED, i, "$e" + i, UNSIGNED)));
        var other = new ServerName("other.example");
        var others = dropped(Arrival.of(Arrival.Way.FETCHED, other), 0, "$o", UNSIGNED);
        await(verdicts().drop(List.of(others)));
        await(verdicts().drop(all));

        assertThat(await(verdicts().dropped(PEER)))
                .isEqualTo(all.subList(10, more).reversed());
        assertThat(await(verdicts().dropped(other))).containsExactly(others);
    }

    @Test
    void theOriginsThatHadOneMostRecentlyAreKept() {
        var all = new ArrayList<DroppedPdu>();
        for (int i = 0; i <= VerdictStore.ORIGINS_MAX; i++) {
            var origin = new ServerName("s" + i + ".example");
            all.add(dropped(Arrival.of(Arrival.Way.FETCHED, origin), 0, "$e", UNSIGNED));
        }
        await(verdicts().drop(all));

        assertThat(await(verdicts().dropped(new ServerName("s0.example")))).isEmpty();
        assertThat(await(verdicts().dropped(new ServerName("s1.example")))).hasSize(1);
        assertThat(await(verdicts().dropped(new EventId("$e")))).hasSize(VerdictStore.ORIGINS_MAX);
    }

    @Test
    void anEventIsKeptWithHowItCame() {
        var room = SampleRoom.created(under(), "attic");
        var pushed = room.following(SampleEvent.message("pushed"));
        var own = room.following(SampleEvent.message("own"));
        room.commit(room.next().broughtBy(PUSHED).live(pushed, room.current(), room.current()));
        room.commit(room.next().live(own, room.current(), room.current()));
        restart();

        assertThat(await(verdicts().arrival(room.id, pushed.id()))).contains(PUSHED);
        assertThat(await(verdicts().arrival(room.id, own.id()))).isEmpty();
        assertThat(await(verdicts().arrival(LOBBY, pushed.id()))).isEmpty();
    }

    @Test
    void anEventThatWasStagedKeepsTheArrivalItWasStagedWith() {
        var room = SampleRoom.created(under(), "attic");
        var late = room.following(SampleEvent.message("late"));
        var staged =
                new StagedEvent(late.id(), PEER, Wait.CITED_EVENTS, new RawPdu(late.json()));
        room.commit(room.next().broughtBy(PUSHED).stage(staged));
        assertThat(await(verdicts().arrival(room.id, late.id()))).contains(PUSHED);
        room.commit(
                room.next()
                        .broughtBy(pushed("2"))
                        .live(late, room.current(), room.current())
                        .unstage(late.id()));

        assertThat(await(verdicts().arrival(room.id, late.id()))).contains(PUSHED);
    }

    @Test
    void refusedEventsAreListedNewestFirst() {
        var room = SampleRoom.created(under(), "attic");
        var one = room.following(SampleEvent.message("one"));
        var two = room.following(SampleEvent.message("two"));
        var three = room.following(SampleEvent.message("three"));
        room.commit(room.next().rejected(one, room.current()));
        room.commit(room.next().live(two, room.current(), room.current()));
        room.commit(room.next().softFailed(three, room.current(), room.current()));
        restart();

        assertThat(await(verdicts().refused(room.id, 5)))
                .extracting(StoredEvent::pdu)
                .containsExactly(three, one);
        assertThat(await(verdicts().refused(room.id, 1))).hasSize(1);
    }
}
