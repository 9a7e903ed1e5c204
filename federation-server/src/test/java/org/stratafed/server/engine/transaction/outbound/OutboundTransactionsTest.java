package org.stratafed.server.engine.transaction.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.transaction.TestWorld.LOCAL;
import static org.stratafed.server.engine.transaction.TestWorld.OTHER_PEER;
import static org.stratafed.server.engine.transaction.TestWorld.PEER;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.transport.endpoint.SendTransaction;
import org.stratafed.api.model.exchange.TransactionResponse;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;

class OutboundTransactionsTest extends OutboundScenario {

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
}
