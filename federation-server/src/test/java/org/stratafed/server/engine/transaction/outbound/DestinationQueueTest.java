package org.stratafed.server.engine.transaction.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.spi.store.SealedBatch;

class DestinationQueueTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Batch LAST = batch("one", true);
    private static final Batch NOT_LAST = batch("two", false);
    private static final Decision UNCHANGED = new Decision.Unchanged();
    private static final Decision LOAD = new Decision.Load();
    private static final Decision IDLE = new Decision.Idle();

    private final DestinationQueue queue =
            new DestinationQueue(new Backoff(new SplittableRandom(1)));

    @Test
    void aNewQueueRestsUntilItIsWoken() {
        assertThat(queue.isResting()).isTrue();
        assertThat(queue.onSignOfLife(NOW)).isEqualTo(UNCHANGED);
        assertThat(queue.onTimer()).isEqualTo(UNCHANGED);
        assertThat(queue.onWake()).isEqualTo(LOAD);
        assertThat(queue.isResting()).isFalse();
    }

    @Test
    void aBatchGoesFromItsSealToItsAcknowledgementWithNothingBetween() {
        queue.onWake();
        assertThat(queue.onLoaded(Optional.of(LAST))).isEqualTo(new Decision.Send(LAST));
        assertThat(queue.onDelivered()).isEqualTo(new Decision.Acknowledge(LAST, false));
        assertThat(queue.onAcknowledged(Optional.empty(), false)).isEqualTo(IDLE);
        assertThat(queue.isResting()).isTrue();
    }

    @Test
    void aWakeWhileSomethingIsUnderWayStartsNothing() {
        assertThat(queue.onWake()).isEqualTo(LOAD);
        assertThat(queue.onWake()).isEqualTo(UNCHANGED);
        queue.onLoaded(Optional.of(LAST));
        assertThat(queue.onWake()).isEqualTo(UNCHANGED);
        queue.onDelivered();
        assertThat(queue.onWake()).isEqualTo(UNCHANGED);
    }

    @Test
    void aWakeWhileLoadingHasTheOutboxLookedAtAgainWhenNothingWasFound() {
        queue.onWake();
        queue.onWake();
        assertThat(queue.onLoaded(Optional.empty())).isEqualTo(LOAD);
        assertThat(queue.onLoaded(Optional.empty())).isEqualTo(IDLE);
    }

    @Test
    void aWakeWhileSendingHasTheNextBatchLookedForWithTheAcknowledgement() {
        queue.onWake();
        queue.onLoaded(Optional.of(LAST));
        queue.onWake();
        assertThat(queue.onDelivered()).isEqualTo(new Decision.Acknowledge(LAST, true));
    }

    @Test
    void aWakeWhileAcknowledgingIsNotLost() {
        queue.onWake();
        queue.onLoaded(Optional.of(LAST));
        queue.onDelivered();
        queue.onWake();
        assertThat(queue.onAcknowledged(Optional.empty(), false)).isEqualTo(LOAD);
    }

    @Test
    void aWakeWhileAcknowledgingIsNotLostWhenThereIsANextBatch() {
        queue.onWake();
        queue.onLoaded(Optional.of(NOT_LAST));
        queue.onDelivered();
        queue.onWake();
        assertThat(queue.onAcknowledged(Optional.of(LAST), false))
                .isEqualTo(new Decision.Send(LAST));
        assertThat(queue.onDelivered()).isEqualTo(new Decision.Acknowledge(LAST, true));
    }

    @Test
    void aBatchThatMayNotBeTheLastIsFollowedByALookForMore() {
        queue.onWake();
        queue.onLoaded(Optional.of(NOT_LAST));
        assertThat(queue.onDelivered()).isEqualTo(new Decision.Acknowledge(NOT_LAST, true));
        assertThat(queue.onAcknowledged(Optional.of(LAST), false))
                .isEqualTo(new Decision.Send(LAST));
    }

    @Test
    void theNextBatchTakesItsTurnWhenOthersWait() {
        queue.onWake();
        queue.onLoaded(Optional.of(NOT_LAST));
        queue.onDelivered();
        assertThat(queue.onAcknowledged(Optional.of(LAST), true)).isEqualTo(LOAD);
    }

    @Test
    void whateverTheFailureTheBatchIsLoadedAgainAfterAWait() {
        for (var failure :
                List.of(
                        new RemoteFailure.Unreachable("no route"),
                        new RemoteFailure.TimedOut("60 s"),
                        new RemoteFailure.Garbled("not JSON"),
                        refused(400, OptionalLong.empty()),
                        refused(403, OptionalLong.empty()),
                        refused(500, OptionalLong.empty()))) {
            var failing = new DestinationQueue(new Backoff(new SplittableRandom(1)));
            failing.onWake();
            failing.onLoaded(Optional.of(LAST));
            var until = until(failing.onFailed(failure, NOW));
            assertThat(failing.onWake()).isEqualTo(UNCHANGED);
            assertThat(failing.onTimer()).isEqualTo(LOAD);
        }
    }

    @Test
    void eachFailureDoublesTheWaitUntilASuccessEndsThat() {
        var first = failOnce(NOW);
        assertThat(first).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(failOnce(NOW)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(failOnce(NOW)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(16));
        queue.onTimer();
        queue.onLoaded(Optional.of(LAST));
        queue.onDelivered();
        queue.onAcknowledged(Optional.of(LAST), false);
        assertThat(Duration.between(NOW, until(queue.onFailed(unreachable(), NOW))))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void aSignOfLifeEndsTheWaitAndForgetsTheFailures() {
        for (int i = 0; i < 8; i++) {
            failOnce(NOW);
        }
        assertThat(queue.onSignOfLife(NOW.plusSeconds(10))).isEqualTo(LOAD);
        assertThat(queue.failures()).isZero();
        assertThat(failOnce(NOW)).isLessThanOrEqualTo(Duration.ofSeconds(4));
    }

    /// A peer that sends here all the time and can't be reached must not be tried all the time.
    @Test
    void aSignOfLifeJustAfterAFailureOnlyBringsTheNextAttemptForward() {
        for (int i = 0; i < 8; i++) {
            failOnce(NOW);
        }
        assertThat(queue.onSignOfLife(NOW.plusMillis(1)))
                .isEqualTo(new Decision.WaitUntil(NOW.plus(Backoff.DELAY_MIN)));
        assertThat(queue.onTimer()).isEqualTo(LOAD);
    }

    /// Nobody would ask again, and the batch would wait for ever.
    @Test
    void theWaitIsOverWhenItsTimeHasPassedWhateverTheClockSays() {
        var later = NOW.plus(Duration.ofDays(2));
        failOnce(later);
        assertThat(queue.onTimer()).isEqualTo(LOAD);
    }

    @Test
    void aSignOfLifeBringsTheNextAttemptForwardThoughTheClockWasSetBack() {
        failOnce(NOW.plus(Duration.ofDays(2)));
        assertThat(queue.onSignOfLife(NOW))
                .isEqualTo(new Decision.WaitUntil(NOW.plus(Backoff.DELAY_MIN)));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aDestinationThatAsksToBeLeftAloneIsEvenWithASignOfLife(int status) {
        queue.onWake();
        queue.onLoaded(Optional.of(LAST));
        var asked = refused(status, OptionalLong.of(600_000));
        assertThat(queue.onFailed(asked, NOW))
                .isEqualTo(new Decision.WaitUntil(NOW.plusSeconds(600)));
        assertThat(queue.onSignOfLife(NOW.plusSeconds(599)))
                .isEqualTo(new Decision.WaitUntil(NOW.plusSeconds(600)));
        assertThat(queue.onTimer()).isEqualTo(LOAD);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, 0})
    void noRetryAfterMakesUsWaitForEverOrNotAtAll(long ms) {
        queue.onWake();
        queue.onLoaded(Optional.of(LAST));
        var until = until(queue.onFailed(refused(429, OptionalLong.of(ms)), NOW));
        assertThat(Duration.between(NOW, until))
                .isBetween(Backoff.DELAY_MIN, DestinationQueue.RETRY_AFTER_MAX);
    }

    @Test
    void aDefectOfOursIsWaitedOutLikeAFailureOfTheDestination() {
        queue.onWake();
        var until = until(queue.onDefect(NOW));
        assertThat(until).isAfterOrEqualTo(NOW.plus(Backoff.DELAY_MIN));
        assertThat(queue.onTimer()).isEqualTo(LOAD);
    }

    @Test
    void anInputThatCannotComeIsABug() {
        assertThatThrownBy(queue::onDelivered).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queue.onLoaded(Optional.empty()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queue.onFailed(unreachable(), NOW))
                .isInstanceOf(IllegalStateException.class);
    }

    private Duration failOnce(Instant now) {
        if (queue.isResting()) {
            queue.onWake();
        } else {
            queue.onTimer();
        }
        queue.onLoaded(Optional.of(LAST));
        return Duration.between(now, until(queue.onFailed(unreachable(), now)));
    }

    private static Instant until(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.WaitUntil.class);
        return ((Decision.WaitUntil) decision).instant();
    }

    private static RemoteFailure unreachable() {
        return new RemoteFailure.Unreachable("no route");
    }

    private static RemoteFailure refused(int status, OptionalLong retryAfterMs) {
        return new RemoteFailure.Refused(status, Optional.empty(), "no", retryAfterMs);
    }

    private static Batch batch(String id, boolean isLast) {
        return new Batch(
                new SealedBatch(new TransactionId(id), 0, 0, 1, List.of()), List.of(), isLast);
    }
}
