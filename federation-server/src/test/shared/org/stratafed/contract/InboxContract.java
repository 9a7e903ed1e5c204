package org.stratafed.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.contract.SampleEvent.id;
import static org.stratafed.contract.SampleEvent.message;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduOutcome.Wait;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.spi.store.StagedEvent;

/// What every store does with what comes in: transactions, and events that have to wait.
public abstract class InboxContract extends StoreContract {

    private static final ServerName A = new ServerName("a.example");
    private static final ServerName B = new ServerName("b.example");
    private static final TransactionId ONE = new TransactionId("1");
    private static final TransactionId TWO = new TransactionId("2");
    private static final byte[] RESPONSE = "{\"pdus\":{}}".getBytes(StandardCharsets.UTF_8);

    @Test
    void aTransactionIsClaimedUntilItIsAnsweredAndThenReplayed() {
        assertThat(await(inbox().claim(A, ONE))).isEmpty();
        restart();
        assertThat(await(inbox().claim(A, ONE))).isEmpty();
        await(inbox().record(A, ONE, RESPONSE));
        restart();
        assertThat(await(inbox().claim(A, ONE)).orElseThrow()).isEqualTo(RESPONSE);
        assertThat(await(inbox().claim(A, ONE)).orElseThrow()).isEqualTo(RESPONSE);
    }

    @Test
    void transactionsAreToldApartByOriginAndId() {
        await(inbox().claim(A, ONE));
        await(inbox().record(A, ONE, RESPONSE));
        assertThat(await(inbox().claim(A, TWO))).isEmpty();
        assertThat(await(inbox().claim(B, ONE))).isEmpty();
    }

    @Test
    void theResponseToTheTransactionBeforeIsKeptHoweverManyThereWere() {
        for (int i = 0; i < 300; i++) {
            var transaction = new TransactionId("t" + i);
            await(inbox().claim(A, transaction));
            await(inbox().record(A, transaction, RESPONSE));
        }
        assertThat(await(inbox().claim(A, new TransactionId("t299")))).isPresent();
        assertThat(await(inbox().claim(A, new TransactionId("t298")))).isPresent();
    }

    @Test
    void stagedEventsWaitOldestFirstUntilTheyAreUnstaged() {
        var lobby = SampleRoom.created(under(), "lobby");
        StagedEvent b = staged(lobby, "b", A, Wait.CITED_EVENTS);
        StagedEvent a = staged(lobby, "a", B, Wait.POLICY);
        lobby.commit(lobby.next().stage(b));
        lobby.commit(lobby.next().stage(a));

        restart();
        assertThat(await(rooms().staged(lobby.id))).containsExactly(b, a);
        assertThat(await(rooms().roomsWithStaged())).containsExactly(lobby.id);
        lobby.commit(lobby.next().unstage(b.id()));
        assertThat(await(rooms().staged(lobby.id))).containsExactly(a);
        lobby.commit(lobby.next().unstage(a.id()));
        assertThat(await(rooms().roomsWithStaged())).isEmpty();
    }

    @Test
    void stagingAgainChangesNothing() {
        var lobby = SampleRoom.created(under(), "lobby");
        StagedEvent first = staged(lobby, "a", A, Wait.CITED_EVENTS);
        lobby.commit(lobby.next().stage(first).stage(staged(lobby, "b", A, Wait.POLICY)));
        lobby.commit(lobby.next().stage(staged(lobby, "a", B, Wait.POLICY)));
        assertThat(await(rooms().staged(lobby.id))).first().isEqualTo(first);
        assertThat(await(rooms().staged(lobby.id))).hasSize(2);
    }

    /// The room's join is under way: its events wait, and the room stays new.
    @Test
    void eventsMayBeStagedInARoomThatIsNotHeld() {
        var lobby = SampleRoom.unknown(under(), "lobby");
        StagedEvent event = staged(lobby, "a", A, Wait.JOIN);
        assertThat(lobby.commit(lobby.next().stage(event)).revision()).isZero();
        assertThat(await(rooms().snapshot(lobby.id))).isEmpty();
        assertThat(await(rooms().staged(lobby.id))).containsExactly(event);
        assertThat(await(rooms().events(lobby.id, List.of(id("a"))))).isEmpty();
        SampleRoom.created(under(), "lobby");
        assertThat(await(rooms().snapshot(lobby.id)).orElseThrow().revision()).isEqualTo(1);
    }

    private static StagedEvent staged(SampleRoom room, String name, ServerName origin, Wait why) {
        Pdu event = message(name).in(room.id);
        return new StagedEvent(event.id(), origin, why, new RawPdu(event.json()));
    }
}
