package org.stratafed.server.engine.transaction.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.transaction.TestWorld.OTHER_PEER;
import static org.stratafed.server.engine.transaction.TestWorld.PEER;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.error.RemoteFailure;

/// What becomes of a transaction that isn't taken at once.
class OutboundRetriesTest extends OutboundScenario {

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
}
