package org.stratafed.server.engine.transaction.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.transaction.TestWorld.LOCAL;
import static org.stratafed.server.engine.transaction.TestWorld.OTHER_PEER;
import static org.stratafed.server.engine.transaction.TestWorld.PEER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.transport.endpoint.SendTransaction;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.exchange.Transaction;
import org.stratafed.api.model.exchange.TransactionResponse;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.server.engine.transaction.TestWorld;

class OutboundTransactionsTest {

    private final TestWorld world = new TestWorld();

    private OutboundTransactions outbound;

    @BeforeEach
    void start() {
        outbound = new OutboundTransactions(world.environment(), LOCAL, world.transport);
    }

    @Test
    void whatIsInTheOutboxIsSentInOrderSealedBeforeItsFirstByte() {
        send(PEER, 3);
        var asked = world.transport.last();
        assertThat(asked.destination()).isEqualTo(PEER);
        assertThat(asked.endpoint()).isEqualTo(SendTransaction.ENDPOINT);
        assertThat(asked.transaction().origin()).isEqualTo(LOCAL);
        assertThat(asked.transaction().originServerTs())
                .isEqualTo(world.loop.instant().toEpochMilli());
        assertThat(positions(asked.transaction())).containsExactly(1L, 2L, 3L);
        assertThat(world.outbox.calls()).containsExactly("sealed", "pending 50", "seal (0,3]");
    }

    @Test
    void aWakeForNothingSendsNothing() {
        wake(PEER, OTHER_PEER);
        assertThat(world.transport.asked()).isEmpty();
        assertThat(world.outbox.writes()).isEmpty();
    }

    @Test
    void thisServerIsNoDestination() {
        send(LOCAL, 1);
        assertThat(world.outbox.calls()).isEmpty();
    }

    @Test
    void oneTransactionIsInFlightToADestinationHoweverOftenItIsWoken() {
        for (int i = 0; i < 10; i++) {
            send(PEER, 1);
            outbound.onSignOfLife(PEER);
        }
        assertThat(world.transport.asked()).hasSize(1);
        world.transport.last().accept();
        world.loop.run();
        assertThat(world.transport.asked()).hasSize(2);
        assertThat(positions(world.transport.last().transaction()))
                .containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(world.transport.last().transaction().id())
                .isNotEqualTo(world.transport.asked().getFirst().transaction().id());
    }

    @Test
    void destinationsDoNotWaitForEachOther() {
        send(PEER, 1);
        send(OTHER_PEER, 1);
        assertThat(world.transport.openTo(PEER)).isPresent();
        assertThat(world.transport.openTo(OTHER_PEER)).isPresent();
    }

    @Test
    void anAcknowledgementAndTheNextSealAreOneWrite() {
        send(PEER, 1);
        send(PEER, 2);
        world.transport.last().accept();
        world.loop.run();
        world.transport.last().accept();
        world.loop.run();
        assertThat(world.outbox.writes())
                .containsExactly("seal (0,1]", "acknowledge (0,1] seal (1,3]", "acknowledge (1,3]");
    }

    @Test
    void aLoneBatchIsAcknowledgedWithoutAnotherLook() {
        send(PEER, 1);
        world.outbox.calls().clear();
        world.transport.last().accept();
        world.loop.run();
        assertThat(world.outbox.calls()).containsExactly("acknowledge (0,1]");
        assertThat(world.transport.asked()).hasSize(1);
    }

    @Test
    void whatPilesUpIsSentFiftyAtATime() {
        world.outbox.add(PEER, 120);
        wake(PEER);
        acceptAll();
        assertThat(world.transport.transactions())
                .extracting(transaction -> transaction.pdus().size())
                .containsExactly(50, 50, 20);
        assertThat(world.transport.transactions().stream().flatMap(it -> positions(it).stream()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 120).mapToObj(Long::valueOf).toList());
    }

    @Test
    void aRetryHasTheSameIdAndTheSameBytesThoughMoreIsPending() {
        send(PEER, 2);
        world.transport.last().fail();
        send(PEER, 5);
        assertThat(world.transport.asked()).hasSize(1);
        world.loop.advance(Backoff.DELAY_MIN.multipliedBy(2));
        assertThat(world.transport.asked()).hasSize(2);
        assertThat(bytes(1)).isEqualTo(bytes(0));
        world.transport.last().accept();
        world.loop.run();
        assertThat(positions(world.transport.last().transaction()))
                .containsExactly(3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void aBatchThatWasSealedBeforeACrashIsSentUnchangedAfterIt() {
        world.outbox.add(PEER, 2);
        outbound.wake(set(PEER));
        while (world.outbox.writes().isEmpty()) {
            assertThat(world.loop.step()).isTrue();
        }
        world.loop.crash();
        assertThat(world.transport.asked()).as("sealed, not sent").isEmpty();
        world.outbox.add(PEER, 3);
        restart();
        assertThat(positions(world.transport.last().transaction())).containsExactly(1L, 2L);
        world.loop.advance(Duration.ofDays(1));
        world.loop.crash();
        restart();
        assertThat(bytes(1)).isEqualTo(bytes(0));
        acceptLast();
        assertThat(positions(world.transport.last().transaction())).containsExactly(3L, 4L, 5L);
        assertThat(world.outbox.writes())
                .containsExactly("seal (0,2]", "acknowledge (0,2] seal (2,5]");
    }

    @Test
    void afterAStartDestinationsAreWokenAFewAtATime() {
        for (int i = 0; i < 25; i++) {
            world.outbox.add(new ServerName("peer" + i), 1);
        }
        var started = new ArrayList<String>();
        outbound.start().subscribe().with(_ -> started.add("started"));
        world.loop.run();
        assertThat(started).hasSize(1);
        assertThat(world.transport.asked()).hasSize(10);
        world.loop.advance(OutboundTransactions.WAKING_PAUSE);
        assertThat(world.transport.asked()).hasSize(20);
        world.loop.advance(OutboundTransactions.WAKING_PAUSE);
        assertThat(world.transport.asked()).hasSize(25);
    }

    @Test
    void aFailureIsWaitedOutLongerEachTimeAndNothingOvertakes() {
        send(PEER, 1);
        for (int attempts = 1; attempts < 8; attempts++) {
            assertThat(world.transport.asked()).hasSize(attempts);
            world.transport.last().fail();
            world.loop.advance(Backoff.DELAY_MIN.multipliedBy(1L << attempts - 1).minusMillis(1));
            assertThat(world.transport.asked()).as("before the wait").hasSize(attempts);
            world.loop.advance(Backoff.DELAY_MIN.multipliedBy(1L << attempts - 1).plusMillis(1));
        }
        assertThat(world.transport.transactions())
                .allSatisfy(it -> assertThat(positions(it)).containsExactly(1L));
    }

    @Test
    void aSignOfLifeHasTheDestinationTriedAtOnce() {
        send(PEER, 1);
        for (int i = 0; i < 8; i++) {
            world.transport.last().fail();
            world.loop.advance(Backoff.DELAY_MAX);
        }
        world.transport.last().fail();
        world.loop.advance(Backoff.DELAY_MIN);
        var before = world.transport.asked().size();
        outbound.onSignOfLife(PEER);
        world.loop.run();
        assertThat(world.transport.asked()).hasSize(before + 1);
        world.loop.advance(Backoff.DELAY_MAX);
        assertThat(world.transport.asked()).as("the old timer is off").hasSize(before + 1);
    }

    @Test
    void aSignOfLifeOfAServerThatNothingIsForDoesNothing() {
        outbound.onSignOfLife(PEER);
        world.loop.run();
        assertThat(world.outbox.calls()).isEmpty();
    }

    @Test
    void retryAfterIsHonoured() {
        send(PEER, 1);
        world.transport
                .last()
                .fail(
                        new RemoteFailure.Refused(
                                429,
                                Optional.of("M_LIMIT_EXCEEDED"),
                                "slow down",
                                OptionalLong.of(90_000)));
        world.loop.advance(Duration.ofSeconds(89));
        assertThat(world.transport.asked()).hasSize(1);
        world.loop.advance(Duration.ofSeconds(1));
        assertThat(world.transport.asked()).hasSize(2);
    }

    @Test
    void aDestinationThatIsAwayIsReportedOnceAndARefusalEachTime() {
        send(PEER, 1);
        send(OTHER_PEER, 1);
        for (int i = 0; i < 3; i++) {
            world.transport.openTo(PEER).orElseThrow().fail();
            world.transport
                    .openTo(OTHER_PEER)
                    .orElseThrow()
                    .fail(
                            new RemoteFailure.Refused(
                                    403, Optional.of("M_FORBIDDEN"), "no", OptionalLong.empty()));
            world.loop.advance(Duration.ofHours(1));
        }
        var notTaken = "It did not take a transaction, and will get it again: ";
        assertThat(world.telemetry.peers())
                .containsExactly(
                        "beta: " + notTaken + "no route",
                        "gamma: " + notTaken + "403 M_FORBIDDEN: no",
                        "gamma: " + notTaken + "403 M_FORBIDDEN: no",
                        "gamma: " + notTaken + "403 M_FORBIDDEN: no");
        assertThat(world.telemetry.defects()).isEmpty();
    }

    @Test
    void anEventThatIsRefusedIsReportedAndHoldsUpNothing() {
        world.outbox.add(PEER, 60);
        wake(PEER);
        var errors = new LinkedHashMap<EventId, Optional<String>>();
        errors.put(new EventId("$2"), Optional.of("you are banned"));
        errors.put(new EventId("$3"), Optional.empty());
        errors.put(new EventId("$unheard-of"), Optional.of("what?"));
        world.transport.last().answer(new TransactionResponse(errors));
        world.loop.run();
        assertThat(world.telemetry.peers())
                .containsExactly("beta: It did not take $2: you are banned");
        assertThat(positions(world.transport.last().transaction())).startsWith(51L).hasSize(10);
    }

    @Test
    void aStoreThatFailsIsADefectThatIsWaitedOut() {
        world.outbox.setBroken(true);
        send(PEER, 1);
        assertThat(world.telemetry.defects()).containsExactly("sending to beta: the disk is full");
        world.outbox.setBroken(false);
        world.loop.advance(Backoff.DELAY_MIN.multipliedBy(2));
        assertThat(positions(world.transport.last().transaction())).containsExactly(1L);
    }

    /// The destination has it, but that isn't written: it gets the same again, and knows it by
    /// its id.
    @Test
    void anAcknowledgementThatFailsIsFollowedByTheSameTransaction() {
        send(PEER, 1);
        world.outbox.setBroken(true);
        world.transport.last().accept();
        world.loop.run();
        world.outbox.setBroken(false);
        world.loop.advance(Backoff.DELAY_MIN.multipliedBy(2));
        assertThat(world.transport.asked()).hasSize(2);
        assertThat(bytes(1)).isEqualTo(bytes(0));
    }

    @Test
    void aDefectBelowIsReportedAndWaitedOut() {
        send(PEER, 1);
        world.transport.last().fail(new IllegalStateException("a bug"));
        assertThat(world.telemetry.defects()).containsExactly("sending to beta: a bug");
        world.loop.advance(Backoff.DELAY_MIN.multipliedBy(2));
        assertThat(world.transport.asked()).hasSize(2);
    }

    @Test
    void noMoreThanSoManyDestinationsAreSentToAtOnceAndTheOthersGetTheirTurn() {
        int all = SendingSlots.SENDING_MAX + 20;
        for (int i = 0; i < all; i++) {
            send(new ServerName("peer" + i), 60);
        }
        assertThat(world.transport.open()).hasSize(SendingSlots.SENDING_MAX);
        for (int i = 0; i < 20; i++) {
            world.transport.open().getFirst().accept();
            world.loop.run();
            assertThat(world.transport.open()).hasSize(SendingSlots.SENDING_MAX);
        }
        var destinations = new LinkedHashSet<ServerName>();
        world.transport.asked().forEach(it -> destinations.add(it.destination()));
        assertThat(destinations)
                .as("none got a second transaction before all had a first")
                .hasSize(all);
        acceptAll();
        assertThat(world.transport.asked()).hasSize(2 * all);
        assertThat(world.telemetry.defects()).isEmpty();
    }

    @Test
    void aDestinationThatFailsGivesItsTurnToAnother() {
        for (int i = 0; i < SendingSlots.SENDING_MAX; i++) {
            send(new ServerName("peer" + i), 1);
        }
        send(PEER, 1);
        assertThat(world.transport.openTo(PEER)).isEmpty();
        world.transport.asked().getFirst().fail();
        world.loop.run();
        assertThat(world.transport.openTo(PEER)).isPresent();
    }

    @Test
    void whatIsKeptOfDestinationsIsBoundedAndForgettingLosesNothing() {
        int many = OutboundTransactions.DESTINATIONS_KEPT_MAX + 5;
        for (int i = 0; i < many; i++) {
            outbound.wake(set(new ServerName("peer" + i)));
        }
        world.loop.run();
        send(PEER, 1);
        send(new ServerName("peer0"), 1);
        assertThat(world.transport.open()).hasSize(2);
    }

    private void send(ServerName destination, int count) {
        world.outbox.add(destination, count);
        wake(destination);
    }

    private void wake(ServerName... destinations) {
        outbound.wake(set(destinations));
        world.loop.run();
    }

    private void restart() {
        start();
        outbound.start();
        world.loop.run();
    }

    private void acceptLast() {
        world.transport.last().accept();
        world.loop.run();
    }

    private void acceptAll() {
        while (!world.transport.open().isEmpty()) {
            world.transport.open().getFirst().accept();
            world.loop.run();
        }
    }

    private String bytes(int index) {
        var transaction = world.transport.asked().get(index).transaction();
        var parts = SendTransaction.ENDPOINT.question().encode(transaction);
        return parts.path() + " " + parts.body().orElseThrow();
    }

    private static LinkedHashSet<ServerName> set(ServerName... servers) {
        return new LinkedHashSet<>(List.of(servers));
    }

    private static List<Long> positions(Transaction transaction) {
        return transaction.pdus().stream()
                .map(pdu -> pdu.json().integer("position").orElseThrow())
                .toList();
    }
}
