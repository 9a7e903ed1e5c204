package org.stratafed.server.engine.transaction.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.stratafed.api.model.error.RemoteFailure;

/// The order of things in sending to one destination, as a state machine: each input is something
/// that happened, each output what is to be done about it. It does nothing itself.
///
/// There is one batch at a time from its seal to its acknowledgement, so there is one transaction
/// in flight, and the next starts only when this one is done. A batch that failed isn't kept in
/// memory: after the wait it is loaded again, as it is after a restart.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#transactions">Transactions</a>
final class DestinationQueue {

    /// The longest that a destination can make us wait by asking for it.
    static final Duration RETRY_AFTER_MAX = Duration.ofHours(24);

    private final Backoff backoff;

    private State state = new State.Resting();

    /// Woken since the outbox was last looked at, so there may be more in it than was seen.
    private boolean woken;

    DestinationQueue(Backoff backoff) {
        this.backoff = backoff;
    }

    private sealed interface State {

        record Resting() implements State {}

        record Loading() implements State {}

        record Sending(Batch batch) implements State {}

        record Acknowledging() implements State {}

        /// @param notBefore the earliest that a sign of life can bring the next attempt forward to
        /// @param quiet how long that was from the failure on
        record Waiting(Instant notBefore, Duration quiet) implements State {}
    }

    /// There is something new in the outbox. A destination that failed is not tried sooner for it.
    Decision onWake() {
        return switch (state) {
            case State.Resting _ -> load();
            case State.Loading _, State.Sending _, State.Acknowledging _ -> {
                woken = true;
                yield new Decision.Unchanged();
            }
            case State.Waiting _ -> new Decision.Unchanged();
        };
    }

    /// The destination made a request of its own, so it is worth trying now, unless it was tried
    /// just before or has asked to be left alone. A clock that was set back makes that no longer.
    Decision onSignOfLife(Instant now) {
        if (!(state instanceof State.Waiting(var notBefore, var quiet))) {
            return new Decision.Unchanged();
        }
        backoff.reset();
        var earliest = earlier(notBefore, now.plus(quiet));
        return now.isBefore(earliest) ? waitUntil(earliest, earliest, quiet) : load();
    }

    /// The time waited for has passed. What the clock says of it doesn't count: it may have been
    /// set back, and nobody would ask again.
    Decision onTimer() {
        return state instanceof State.Waiting ? load() : new Decision.Unchanged();
    }

    /// The outbox was looked at: this batch is sealed, or nothing is pending.
    Decision onLoaded(Optional<Batch> batch) {
        expect(State.Loading.class);
        return next(batch);
    }

    /// The destination answered 200.
    Decision onDelivered() {
        expect(State.Sending.class);
        var batch = ((State.Sending) state).batch();
        var more = woken || !batch.isLast();
        backoff.reset();
        woken = false;
        state = new State.Acknowledging();
        return new Decision.Acknowledge(batch, more);
    }

    /// The acknowledgement is durable, and with it the seal of the next batch, if there is one.
    ///
    /// @param othersWait whether other destinations wait for their turn: then the next batch does
    ///     too
    Decision onAcknowledged(Optional<Batch> next, boolean othersWait) {
        expect(State.Acknowledging.class);
        return next.isPresent() && othersWait ? load() : next(next);
    }

    /// The destination failed to take the batch. Whatever the failure, the batch is tried again.
    Decision onFailed(RemoteFailure failure, Instant now) {
        expect(State.Sending.class);
        return backOff(now, askedFor(failure));
    }

    /// This server failed: its store, or its code. It is treated like a failure of the
    /// destination, so that what is broken isn't tried in a tight loop.
    Decision onDefect(Instant now) {
        return backOff(now, Duration.ZERO);
    }

    /// Whether it may be forgotten: nothing is stored of the destination that isn't in the outbox.
    boolean isResting() {
        return state instanceof State.Resting;
    }

    /// Failures since the destination was last known to be well.
    int failures() {
        return backoff.failures();
    }

    private Decision next(Optional<Batch> batch) {
        if (batch.isPresent()) {
            state = new State.Sending(batch.get());
            return new Decision.Send(batch.get());
        }
        if (woken) {
            return load();
        }
        state = new State.Resting();
        return new Decision.Idle();
    }

    private Decision load() {
        woken = false;
        state = new State.Loading();
        return new Decision.Load();
    }

    private Decision backOff(Instant now, Duration asked) {
        var delay = longer(backoff.onFailure(), asked);
        var quiet = longer(Backoff.DELAY_MIN, asked);
        return waitUntil(now.plus(delay), now.plus(quiet), quiet);
    }

    private Decision waitUntil(Instant until, Instant notBefore, Duration quiet) {
        state = new State.Waiting(notBefore, quiet);
        return new Decision.WaitUntil(until);
    }

    /// How long the destination asked to be left alone.
    private static Duration askedFor(RemoteFailure failure) {
        return switch (failure) {
            case RemoteFailure.Refused refused -> {
                long ms = refused.retryAfterMs().orElse(0);
                yield Duration.ofMillis(Math.clamp(ms, 0, RETRY_AFTER_MAX.toMillis()));
            }
            case RemoteFailure.Unreachable _, RemoteFailure.TimedOut _, RemoteFailure.Garbled _ ->
                    Duration.ZERO;
        };
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private void expect(Class<? extends State> expected) {
        if (!expected.isInstance(state)) {
            throw new IllegalStateException("not " + expected.getSimpleName() + ": " + state);
        }
    }
}
