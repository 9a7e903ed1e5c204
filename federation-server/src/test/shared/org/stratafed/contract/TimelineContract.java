package org.stratafed.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.contract.SampleEvent.id;
import static org.stratafed.contract.SampleEvent.message;
import static org.stratafed.contract.SampleEvent.redaction;
import static org.stratafed.contract.SampleEvent.state;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.StoredEvent;

/// What every [TimelineStore] does with the stream, the current state and client transactions.
public abstract class TimelineContract extends StoreContract {

    private static final StateKeyTuple NAME = new StateKeyTuple("m.room.name", "");
    private static final StateKeyTuple TOPIC = new StateKeyTuple("m.room.topic", "");

    @Test
    void theStreamStartsAtZeroAndItsFirstEventIsAtOne() {
        assertThat(await(timeline().position())).isZero();
        SampleRoom.created(under(), "lobby");
        assertThat(await(timeline().position())).isEqualTo(1);
    }

    @Test
    void liveAcceptedEventsOfAllRoomsGetPositionsInTheOrderCommitted() {
        var lobby = SampleRoom.created(under(), "lobby");
        var attic = SampleRoom.created(under(), "attic");
        Pdu one = lobby.following(message("one"));
        Pdu soft = lobby.following(message("soft"));
        Pdu two = message("two").after("one").in(lobby.id);
        var draft =
                lobby.next()
                        .live(one, lobby.current(), lobby.current())
                        .softFailed(soft, lobby.current(), lobby.current())
                        .live(two, lobby.current(), lobby.current());
        assertThat(lobby.commit(draft, two).position()).isEqualTo(4);
        attic.add(message("three"));

        assertThat(ids(await(timeline().stream(0, 5, 100))))
                .containsExactly(
                        id("lobby-create"), id("attic-create"), id("one"), id("two"), id("three"));
        assertThat(ids(await(timeline().stream(2, 4, 100)))).containsExactly(id("one"), id("two"));
        assertThat(ids(await(timeline().stream(0, 5, 2))))
                .containsExactly(id("lobby-create"), id("attic-create"));
        assertThat(await(timeline().stream(3, 4, 1)).getFirst().position())
                .isEqualTo(OptionalLong.of(4));
    }

    @Test
    void positionsGoOnAfterARestart() {
        var lobby = SampleRoom.created(under(), "lobby");
        long before = lobby.add(message("one")).position();
        restart();
        assertThat(await(timeline().position())).isEqualTo(before);
        assertThat(lobby.add(message("two")).position()).isEqualTo(before + 1);
    }

    /// Otherwise somebody who has followed the stream so far would never see the new event.
    @Test
    void aPositionIsNotGivenAgainWhenItsEventLosesIt() {
        var lobby = SampleRoom.created(under(), "lobby");
        Pdu event = lobby.following(message("one"));
        long before = lobby.add(event).position();
        lobby.commit(
                lobby.next().rejected(event, lobby.current()).extremities(id("lobby-create")));
        restart();
        assertThat(await(timeline().stream(0, before, 100))).hasSize(1);
        assertThat(lobby.add(message("two").after("lobby-create")).position())
                .isEqualTo(before + 1);
    }

    @Test
    void theNewestOfARoomComeAscendingAndCutAtTheOldEnd() {
        var lobby = SampleRoom.created(under(), "lobby");
        var attic = SampleRoom.created(under(), "attic");
        for (String name : List.of("a", "b", "c")) {
            lobby.add(message(name));
            attic.add(message("x" + name));
        }
        long position = await(timeline().position());
        assertThat(ids(await(timeline().newest(lobby.id, 0, position, 2))))
                .containsExactly(id("b"), id("c"));
        assertThat(ids(await(timeline().newest(lobby.id, 0, position, 100))))
                .containsExactly(id("lobby-create"), id("a"), id("b"), id("c"));
        long b = position(lobby, "b");
        assertThat(ids(await(timeline().newest(lobby.id, b - 1, b, 100))))
                .containsExactly(id("b"));
        assertThat(await(timeline().newest(lobby.id, b, b, 100))).isEmpty();
    }

    @Test
    void theCurrentStateIsRememberedAsItWasAtEachPosition() {
        var lobby = SampleRoom.created(under(), "lobby");
        long created = await(timeline().position());
        long named = lobby.add(state("name", "m.room.name", "")).position();
        long spoken = lobby.add(message("hello")).position();
        long topical = lobby.add(state("topic", "m.room.topic", "")).position();

        restart();
        assertThat(await(timeline().currentAt(lobby.id, created - 1))).isEmpty();
        assertThat(await(timeline().currentAt(lobby.id, created)))
                .contains(new StatePoint(0, 1));
        assertThat(await(timeline().currentAt(lobby.id, named))).contains(new StatePoint(0, 2));
        assertThat(await(timeline().currentAt(lobby.id, spoken))).contains(new StatePoint(0, 2));
        assertThat(await(timeline().currentAt(lobby.id, topical)))
                .contains(new StatePoint(0, 3));
        assertThat(await(timeline().currentAt(lobby.id, Long.MAX_VALUE)))
                .contains(new StatePoint(0, 3));
    }

    /// A reader who takes up the events from the middle of a commit on gets the state before them
    /// with what the earlier ones of the commit did, and so misses nothing.
    @Test
    void theCurrentStateAfterACommitHoldsFromItsFirstPositionOn() {
        var lobby = SampleRoom.created(under(), "lobby");
        long before = await(timeline().position());
        Pdu name = lobby.following(state("name", "m.room.name", ""));
        Pdu topic = state("topic", "m.room.topic", "").after("name").in(lobby.id);
        lobby.commit(lobby.with(lobby.with(lobby.next(), name), topic), topic);

        assertThat(await(timeline().currentAt(lobby.id, before))).contains(new StatePoint(0, 1));
        assertThat(await(timeline().currentAt(lobby.id, before + 1)))
                .contains(new StatePoint(0, 3));
    }

    /// Resolution with a soft-failed event can change the state, and readers have to learn of it.
    @Test
    void aChangeOfTheCurrentStateWithoutALiveEventHasAPositionOfItsOwn() {
        var lobby = SampleRoom.created(under(), "lobby");
        long before = await(timeline().position());
        Pdu name = lobby.following(state("name", "m.room.name", ""));
        var after = lobby.current().next();
        lobby.commit(
                lobby.next()
                        .softFailed(name, lobby.current(), after)
                        .change(after, NAME, Optional.of(name.id()))
                        .currentChange(NAME, Optional.of(name.id()))
                        .current(after));

        assertThat(await(timeline().position())).isEqualTo(before + 1);
        assertThat(await(timeline().currentAt(lobby.id, before))).contains(new StatePoint(0, 1));
        assertThat(await(timeline().currentAt(lobby.id, before + 1))).contains(after);
        assertThat(await(timeline().stream(before, before + 1, 100))).isEmpty();
    }

    @Test
    void keysOfStatesComeWithTheirEvents() {
        var lobby = SampleRoom.created(under(), "lobby");
        Pdu first = lobby.following(state("name-1", "m.room.name", ""));
        lobby.add(first);
        Pdu second = lobby.following(state("name-2", "m.room.name", ""));
        lobby.add(second);
        var fork = new StatePoint(1, 1);
        lobby.commit(
                lobby.next()
                        .line(1, Optional.of(new StatePoint(0, 2)))
                        .change(fork, NAME, Optional.empty()));

        SequencedMap<StatePoint, SequencedSet<StateKeyTuple>> wanted = new LinkedHashMap<>();
        var keys = new LinkedHashSet<>(List.of(NAME, TOPIC));
        for (StatePoint point :
                List.of(fork, new StatePoint(0, 1), new StatePoint(1, 0), new StatePoint(0, 3))) {
            wanted.put(point, keys);
        }
        var found = await(timeline().stateEvents(lobby.id, wanted));
        assertThat(found.sequencedKeySet()).containsExactlyElementsOf(wanted.sequencedKeySet());
        assertThat(found.get(fork)).isEmpty();
        assertThat(found.get(new StatePoint(0, 1))).isEmpty();
        assertThat(found.get(new StatePoint(1, 0))).isEqualTo(Map.of(NAME, first));
        assertThat(found.get(new StatePoint(0, 3))).isEqualTo(Map.of(NAME, second));
    }

    @Test
    void acceptedRedactionsAreFoundByTheirTargetsOldestFirst() {
        var lobby = SampleRoom.created(under(), "lobby");
        Pdu target = lobby.following(message("target"));
        lobby.add(target);
        lobby.add(redaction("first", "target"));
        lobby.add(redaction("second", "target"));
        Pdu refused = lobby.following(redaction("refused", "target"));
        lobby.commit(lobby.next().rejected(refused, lobby.current()));

        var asked = new LinkedHashSet<>(List.of(target.id(), id("lobby-create")));
        var found = await(timeline().redactions(lobby.id, asked));
        assertThat(found).containsOnlyKeys(target.id());
        assertThat(ids(found.get(target.id()))).containsExactly(id("first"), id("second"));
    }

    @Test
    void aClientsTransactionIsFoundAgainByItsEventAndTheOtherWayRound() {
        var lobby = SampleRoom.created(under(), "lobby");
        var attic = SampleRoom.created(under(), "attic");
        var transaction = transaction("PHONE", "txn-1");
        Pdu event = lobby.following(message("hello"));
        lobby.commit(lobby.with(lobby.next(), event).madeBy(transaction), event);

        restart();
        assertThat(await(rooms().eventOf(lobby.id, transaction))).contains(event.id());
        assertThat(await(rooms().eventOf(attic.id, transaction))).isEmpty();
        assertThat(await(rooms().eventOf(lobby.id, transaction("TABLET", "txn-1")))).isEmpty();
        assertThat(await(rooms().eventOf(lobby.id, transaction("PHONE", "txn-2")))).isEmpty();
        var asked = new LinkedHashSet<>(List.of(id("lobby-create"), event.id()));
        assertThat(await(timeline().clientTransactions(asked)))
                .isEqualTo(Map.of(event.id(), transaction));
    }

    private static ClientTransaction transaction(String device, String id) {
        return new ClientTransaction(
                new UserId("@alice:" + StoresUnderTest.LOCAL),
                new DeviceId(device),
                new TransactionId(id));
    }

    private long position(SampleRoom room, String name) {
        return await(rooms().events(room.id, List.of(id(name))))
                .get(id(name))
                .position()
                .orElseThrow();
    }

    private static List<EventId> ids(List<StoredEvent> events) {
        return events.stream().map(event -> event.pdu().id()).toList();
    }
}
