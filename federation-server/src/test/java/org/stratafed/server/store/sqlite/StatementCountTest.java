package org.stratafed.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.contract.SampleEvent.message;
import static org.stratafed.contract.SampleEvent.state;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.contract.SampleEvent;
import org.stratafed.contract.SampleRoom;
import org.stratafed.server.store.sql.SqlCounters;

/// What the store does per event received: the limits of throughput are here, so a statement more
/// is a decision, not an accident.
class StatementCountTest {

    @TempDir Path folder;

    private SqliteUnderTest under;
    private SampleRoom room;

    @BeforeEach
    void start() {
        under = new SqliteUnderTest(folder);
        room = SampleRoom.created(under, "lobby");
        room.add(state("power", "m.room.power_levels", ""));
    }

    @AfterEach
    void stop() {
        under.close();
    }

    /// Room, position, ids; event, JSON, an edge per auth event; extremities out and in; position,
    /// room.
    @Test
    void aMessageIsOneWriteOfElevenStatements() {
        var event = message("hello").allowedBy("lobby-create", "power");
        assertThat(statementsOf(event)).isEqualTo(11);
    }

    /// The same; the state key's number twice, since the first time it is new; the line's head, the
    /// row before and the row; the current state's move.
    @Test
    void aStateEventIsOneWriteOfSeventeenStatements() {
        var event = state("topic", "m.room.topic", "").allowedBy("lobby-create", "power");
        assertThat(statementsOf(event)).isEqualTo(17);
    }

    @Test
    void aMessageSentToThousandServersIsOneRowMore() {
        String[] servers =
                IntStream.range(0, 1_000)
                        .mapToObj(i -> "s" + i + ".example")
                        .toArray(String[]::new);
        var first = room.following(message("first"));
        room.commit(room.with(room.next(), first).send(first.id(), servers), first);
        long before = counters().statements();
        var second = room.following(message("second"));
        room.commit(room.with(room.next(), second).send(second.id(), servers), second);
        assertThat(counters().statements() - before).isEqualTo(9 + 2);
    }

    @Test
    void whatAReceiptReadsIsOneReadEach() {
        long reads = counters().reads();
        long statements = counters().statements();
        under.await(
                under.stores()
                        .rooms()
                        .events(
                                room.id,
                                List.of(SampleEvent.id("power"), SampleEvent.id("lobby-create"))));
        under.await(under.stores().rooms().state(room.id, room.current()));
        under.await(under.stores().rooms().authChains(room.id, List.of(room.tip())));
        assertThat(counters().reads() - reads).isEqualTo(3);
        assertThat(counters().statements() - statements).isEqualTo(3);
    }

    /// The rooms' commits arrive while one is on its way to the disk.
    @Test
    void commitsOfManyRoomsShareCommitsOfTheDatabase() {
        var rooms =
                IntStream.range(0, 100)
                        .mapToObj(i -> SampleRoom.created(under, "room" + i))
                        .toList();
        long writes = counters().writes();
        long commits = counters().commits();
        var all =
                rooms.stream()
                        .map(
                                one -> {
                                    Pdu hello = one.following(message("hello"));
                                    var draft = one.with(one.next(), hello).extremities(hello.id());
                                    return under.stores()
                                            .rooms()
                                            .commit(draft.build())
                                            .subscribeAsCompletionStage()
                                            .toCompletableFuture();
                                })
                        .toList();
        all.forEach(CompletableFuture::join);
        assertThat(counters().writes() - writes).isEqualTo(100);
        assertThat(counters().commits() - commits).isLessThan(50);
    }

    private long statementsOf(SampleEvent event) {
        long writes = counters().writes();
        long commits = counters().commits();
        long statements = counters().statements();
        room.add(event);
        assertThat(counters().writes() - writes).isEqualTo(1);
        assertThat(counters().commits() - commits).isEqualTo(1);
        return counters().statements() - statements;
    }

    private SqlCounters counters() {
        return under.database().counters();
    }
}
