package org.stratafed.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.contract.SampleEvent.id;
import static org.stratafed.contract.SampleEvent.message;
import static org.stratafed.contract.SampleEvent.state;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.api.spi.store.TimelineStore.BackwardExtremity;
import org.stratafed.api.spi.store.TimelineStore.TimePoint;

/// What every [TimelineStore] does with rooms' histories: pages, and back-filling them.
public abstract class HistoryContract extends StoreContract {

    @Test
    void theOrderOfALiveEventFollowsFromItsPosition() {
        var lobby = SampleRoom.created(under(), "lobby");
        long position = lobby.add(message("hello")).position();
        assertThat(order(lobby, "hello")).isEqualTo(TimelineStore.orderAt(position));
    }

    @Test
    void pagesGoBothWaysFromAnOrderThatIsNotInThem() {
        var lobby = SampleRoom.created(under(), "lobby");
        IntStream.range(0, 6).forEach(i -> lobby.add(message("m" + i)));
        SampleRoom.created(under(), "attic").add(message("elsewhere"));

        long m3 = order(lobby, "m3");
        assertThat(page(lobby, m3, true, 2)).containsExactly(id("m2"), id("m1"));
        assertThat(page(lobby, m3, false, 2)).containsExactly(id("m4"), id("m5"));
        assertThat(page(lobby, Long.MAX_VALUE, true, 1)).containsExactly(id("m5"));
        assertThat(page(lobby, Long.MIN_VALUE, false, 2))
                .containsExactly(id("lobby-create"), id("m0"));
        assertThat(page(lobby, order(lobby, "lobby-create"), true, 10)).isEmpty();
    }

    @Test
    void eventsAreFoundByTheTimeTheySayThemselves() {
        var lobby = SampleRoom.created(under(), "lobby");
        var create = SampleRoom.created(under(), "attic");
        create.add(message("elsewhere").depth(30));
        for (var event : List.of("t20", "t40", "u40", "t10", "t30")) {
            lobby.add(message(event).depth(Long.parseLong(event.substring(1))));
        }
        var refused = lobby.following(message("refused").depth(25));
        lobby.commit(lobby.next().rejected(refused, lobby.current()));
        lobby.commit(lobby.next().outlier(message("outlier").depth(26).in(lobby.id)));
        var draft = lobby.next();
        var old = message("old").depth(15).in(lobby.id);
        lobby.commit(draft.historical(old, lobby.current(), order(lobby, "t20")));

        restart();
        assertThat(byTime(lobby, TimePoint.before(time(20)), false, 3))
                .containsExactly(id("t20"), id("t30"), id("t40"));
        assertThat(byTime(lobby, TimePoint.after(time(20)), false, 1)).containsExactly(id("t30"));
        assertThat(byTime(lobby, TimePoint.after(time(20)), true, 3))
                .containsExactly(id("t20"), id("old"), id("t10"));
        assertThat(byTime(lobby, TimePoint.before(time(20)), true, 1)).containsExactly(id("old"));
        assertThat(byTime(lobby, new TimePoint(time(40), order(lobby, "t40")), false, 9))
                .containsExactly(id("u40"));
        assertThat(byTime(lobby, new TimePoint(time(40), order(lobby, "u40")), true, 1))
                .containsExactly(id("t40"));
        assertThat(byTime(lobby, TimePoint.after(time(40)), false, 9)).isEmpty();
        var unknown = SampleRoom.unknown(under(), "unknown");
        assertThat(byTime(unknown, TimePoint.before(0), false, 9)).isEmpty();
    }

    private List<EventId> byTime(SampleRoom room, TimePoint from, boolean backwards, int max) {
        return await(timeline().byTime(room.id, from, backwards, max)).stream()
                .map(event -> event.pdu().id())
                .toList();
    }

    private static long time(long depth) {
        return message("any").depth(depth).in(new RoomId("!any:any")).originServerTs();
    }

    /// Back-filling is told newest first: each event goes before those that went there already.
    @Test
    void backFilledEventsComeDirectlyBeforeTheirAnchorEachBeforeTheLast() {
        var lobby = SampleRoom.created(under(), "lobby");
        lobby.add(message("joined"));
        long anchor = order(lobby, "joined");
        var draft = lobby.next();
        for (String name : List.of("h3", "h2", "h1")) {
            draft.historical(message(name).in(lobby.id), lobby.current(), anchor);
        }
        lobby.commit(draft);
        backfill(lobby, anchor, "h0");
        backfill(lobby, order(lobby, "h0"), "h-1", "h-2");

        restart();
        assertThat(page(lobby, Long.MAX_VALUE, true, 100))
                .containsExactly(
                        id("joined"),
                        id("h3"),
                        id("h2"),
                        id("h1"),
                        id("h0"),
                        id("h-1"),
                        id("h-2"),
                        id("lobby-create"));
        assertThat(await(timeline().position())).isEqualTo(2);
        assertThat(await(timeline().stream(0, 10, 100))).hasSize(2);
        assertThat(await(timeline().newest(lobby.id, 0, 10, 100))).hasSize(2);
    }

    /// A gap in the middle, found later: its events come after what is older than it.
    @Test
    void backFilledEventsGoBetweenTheEventsAroundTheGap() {
        var lobby = SampleRoom.created(under(), "lobby");
        lobby.add(message("a"));
        lobby.add(message("b"));
        lobby.add(message("c"));
        backfill(lobby, order(lobby, "c"), "b2", "b1");
        backfill(lobby, order(lobby, "b"), "a2", "a1");
        assertThat(page(lobby, Long.MIN_VALUE, false, 100))
                .containsExactly(
                        id("lobby-create"),
                        id("a"),
                        id("a1"),
                        id("a2"),
                        id("b"),
                        id("b1"),
                        id("b2"),
                        id("c"));
    }

    @Test
    void aLongBackFillKeepsItsOrder() {
        var lobby = SampleRoom.created(under(), "lobby");
        long anchor = order(lobby, "lobby-create");
        var expected = new ArrayList<EventId>();
        for (int batch = 0; batch < 5; batch++) {
            var draft = lobby.next();
            for (int i = 0; i < 100; i++) {
                Pdu old = message("h" + batch + "-" + i).in(lobby.id);
                draft.historical(old, lobby.current(), anchor);
                expected.add(old.id());
            }
            lobby.commit(draft);
        }
        assertThat(page(lobby, anchor, true, 1_000)).isEqualTo(expected);
    }

    @Test
    void aHistoricalEventWrittenAgainKeepsItsPlace() {
        var lobby = SampleRoom.created(under(), "lobby");
        long anchor = order(lobby, "lobby-create");
        backfill(lobby, anchor, "h2", "h1");
        long before = order(lobby, "h2");
        backfill(lobby, anchor, "h2");
        assertThat(order(lobby, "h2")).isEqualTo(before);
    }

    @Test
    void eventsThatCiteUnplacedEventsAreBackwardExtremitiesNewestFirst() {
        var lobby = SampleRoom.created(under(), "lobby");
        lobby.add(message("a").after("lost-1"));
        lobby.add(message("b"));
        lobby.add(message("c").after("lost-2", "lost-1"));
        lobby.commit(
                lobby.next()
                        .outlier(state("lost-1", "m.room.name", "").in(lobby.id))
                        .softFailed(
                                message("soft").after("lost-3").in(lobby.id),
                                lobby.current(),
                                lobby.current())
                        .outlier(message("outlier").after("lost-4").in(lobby.id)));

        restart();
        assertThat(await(timeline().backwardExtremities(lobby.id)))
                .containsExactly(
                        extremity(lobby, "c", "lost-1", "lost-2"), extremity(lobby, "a", "lost-1"));
    }

    @Test
    void anEventThatIsPlacedClosesTheGapAndMayOpenTheNext() {
        var lobby = SampleRoom.created(under(), "lobby");
        lobby.add(message("a").after("lost-2"));
        Pdu lost = message("lost-2").after("lost-1").in(lobby.id);
        lobby.commit(lobby.next().outlier(lost));
        assertThat(await(timeline().backwardExtremities(lobby.id)))
                .containsExactly(extremity(lobby, "a", "lost-2"));

        lobby.commit(lobby.next().historical(lost, lobby.current(), order(lobby, "a")));
        assertThat(await(timeline().backwardExtremities(lobby.id)))
                .containsExactly(extremity(lobby, "lost-2", "lost-1"));

        Pdu first = message("lost-1").in(lobby.id);
        lobby.commit(lobby.next().historical(first, lobby.current(), order(lobby, "lost-2")));
        assertThat(await(timeline().backwardExtremities(lobby.id))).isEmpty();
    }

    private void backfill(SampleRoom room, long anchor, String... names) {
        for (String name : names) {
            room.commit(
                    room.next().historical(message(name).in(room.id), room.current(), anchor));
        }
    }

    private BackwardExtremity extremity(SampleRoom room, String name, String... missing) {
        return new BackwardExtremity(
                id(name),
                order(room, name),
                new LinkedHashSet<>(List.of(missing).stream().map(SampleEvent::id).toList()));
    }

    private List<EventId> page(SampleRoom room, long from, boolean backwards, int max) {
        return await(timeline().page(room.id, from, backwards, max)).stream()
                .map(StoredEvent::pdu)
                .map(Pdu::id)
                .toList();
    }

    private long order(SampleRoom room, String name) {
        return await(rooms().events(room.id, List.of(id(name))))
                .get(id(name))
                .order()
                .orElseThrow();
    }
}
