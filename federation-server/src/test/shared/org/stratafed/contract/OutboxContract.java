package org.stratafed.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratafed.contract.SampleEvent.id;
import static org.stratafed.contract.SampleEvent.message;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.Edu;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.spi.store.PendingPdu;
import org.stratafed.api.spi.store.SealedBatch;

/// What every [org.stratafed.api.spi.store.OutboxStore] does.
public abstract class OutboxContract extends StoreContract {

    private static final ServerName A = new ServerName("a.example");
    private static final ServerName B = new ServerName("b.example");
    private static final ServerName C = new ServerName("c.example");

    @Test
    void eachDestinationGetsWhatIsForItInTheOrderCommitted() {
        var lobby = SampleRoom.created(under(), "lobby");
        var attic = SampleRoom.created(under(), "attic");
        send(lobby, "1", "a.example", "b.example");
        send(attic, "2", "b.example");
        send(lobby, "3", "b.example", "a.example");
        send(attic, "4", "a.example");
        send(attic, "5");

        restart();
        assertThat(ids(await(outbox().pending(A, 10)))).containsExactly(id("1"), id("3"), id("4"));
        assertThat(ids(await(outbox().pending(B, 10)))).containsExactly(id("1"), id("2"), id("3"));
        assertThat(ids(await(outbox().pending(B, 2)))).containsExactly(id("1"), id("2"));
        assertThat(await(outbox().pending(C, 10))).isEmpty();
        assertThat(await(outbox().pendingDestinations())).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void aPendingEventComesWithItsRoomAndItsJson() {
        var lobby = SampleRoom.created(under(), "lobby");
        Pdu event = lobby.following(message("hello"));
        lobby.commit(lobby.with(lobby.next(), event).send(event.id(), "a.example"), event);
        PendingPdu pending = await(outbox().pending(A, 10)).getFirst();
        assertThat(pending.room()).isEqualTo(lobby.id);
        assertThat(pending.pdu()).isEqualTo(new RawPdu(event.json()));
    }

    @Test
    void oneCommitMaySendSeveralEvents() {
        var lobby = SampleRoom.created(under(), "lobby");
        var draft = lobby.next();
        for (String name : List.of("z", "y", "x")) {
            Pdu event = lobby.following(message(name));
            draft.live(event, lobby.current(), lobby.current()).send(event.id(), "a.example");
        }
        lobby.commit(draft.extremities(id("z"), id("y"), id("x")));
        List<PendingPdu> pending = await(outbox().pending(A, 10));
        assertThat(ids(pending)).containsExactly(id("z"), id("y"), id("x"));
        assertThat(pending).extracting(PendingPdu::position).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aSealedBatchKeepsItsContentsWhateverComesAfter() {
        var lobby = SampleRoom.created(under(), "lobby");
        send(lobby, "1", "a.example");
        send(lobby, "2", "b.example");
        send(lobby, "3", "a.example");
        SealedBatch batch = batch("t1", 0, await(outbox().pending(A, 10)));
        await(outbox().seal(A, batch));
        send(lobby, "4", "a.example");

        restart();
        assertThat(await(outbox().sealed(A))).contains(batch);
        assertThat(await(outbox().sealed(B))).isEmpty();
        assertThat(ids(await(outbox().contents(A, batch)))).containsExactly(id("1"), id("3"));
    }

    @Test
    void theEdusOfASealedBatchComeBackAsTheyWere() {
        var json = "{\"z\":1.50,\"a\":1e3,\"s\":\"\\u001f\\ud800\",\"n\":{\"k\":[]}}";
        var content = JsonReader.readObject(json.getBytes(StandardCharsets.UTF_8));
        var batch =
                new SealedBatch(
                        new TransactionId("t1"),
                        17,
                        0,
                        0,
                        List.of(new Edu("m.direct_to_device", content), new Edu("m.x", content)));
        await(outbox().seal(A, batch));
        restart();
        SealedBatch sealed = await(outbox().sealed(A)).orElseThrow();
        assertThat(sealed).isEqualTo(batch);
        assertThat(sealed.edus().getFirst().content().toString()).isEqualTo(json);
        assertThat(await(outbox().pendingDestinations())).containsExactly(A);
        assertThat(await(outbox().contents(A, batch))).isEmpty();
    }

    @Test
    void whatIsAcknowledgedIsNoLongerPendingAndTheNextBatchIsSealedInItsPlace() {
        var lobby = SampleRoom.created(under(), "lobby");
        for (String name : List.of("1", "2", "3")) {
            send(lobby, name, "a.example", "b.example");
        }
        SealedBatch first = batch("t1", 0, await(outbox().pending(A, 2)));
        await(outbox().seal(A, first));
        List<PendingPdu> rest =
                await(outbox().pending(A, 10)).stream()
                        .filter(pending -> pending.position() > first.end())
                        .toList();
        SealedBatch second = batch("t2", first.end(), rest);
        await(outbox().acknowledge(A, first, Optional.of(second)));

        restart();
        assertThat(await(outbox().sealed(A))).contains(second);
        assertThat(ids(await(outbox().pending(A, 10)))).containsExactly(id("3"));
        assertThat(ids(await(outbox().contents(A, second)))).containsExactly(id("3"));
        await(outbox().acknowledge(A, second, Optional.empty()));
        assertThat(await(outbox().sealed(A))).isEmpty();
        assertThat(await(outbox().pending(A, 10))).isEmpty();
        assertThat(await(outbox().pendingDestinations())).containsExactly(B);
        assertThat(await(outbox().pending(B, 10))).hasSize(3);
    }

    @Test
    void whatIsCommittedAfterEverythingWasAcknowledgedIsPendingAgain() {
        var lobby = SampleRoom.created(under(), "lobby");
        send(lobby, "1", "a.example");
        SealedBatch batch = batch("t1", 0, await(outbox().pending(A, 10)));
        await(outbox().seal(A, batch));
        await(outbox().acknowledge(A, batch, Optional.empty()));
        restart();
        send(lobby, "2", "a.example");
        assertThat(ids(await(outbox().pending(A, 10)))).containsExactly(id("2"));
        assertThat(await(outbox().pendingDestinations())).containsExactly(A);
    }

    /// One transaction at a time: the batch on its way is the one that counts.
    @Test
    void aSecondBatchIsNotSealedBeforeTheFirstIsAcknowledged() {
        await(outbox().seal(A, batch("t1", 0, List.of())));
        assertThatThrownBy(() -> await(outbox().seal(A, batch("t2", 0, List.of())))).isNotNull();
        assertThatThrownBy(
                        () ->
                                await(
                                        outbox().acknowledge(
                                                        A,
                                                        batch("t2", 0, List.of()),
                                                        Optional.empty())))
                .isNotNull();
        assertThat(await(outbox().sealed(A)).orElseThrow().id()).isEqualTo(new TransactionId("t1"));
    }

    private static SealedBatch batch(String id, long after, List<PendingPdu> pdus) {
        long end = pdus.isEmpty() ? after : pdus.getLast().position();
        return new SealedBatch(new TransactionId(id), 1_700_000_000_000L, after, end, List.of());
    }

    private static void send(SampleRoom room, String name, String... servers) {
        Pdu event = room.following(message(name));
        room.commit(room.with(room.next(), event).send(event.id(), servers), event);
    }

    private static List<EventId> ids(List<PendingPdu> pending) {
        return pending.stream().map(PendingPdu::event).toList();
    }
}
