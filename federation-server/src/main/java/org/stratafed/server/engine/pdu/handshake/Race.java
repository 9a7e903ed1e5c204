package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.Timers;

/// Several servers are asked for the same thing, each with a head start on the next, and with the
/// first answer one goes on. Going on is done with one answer at a time, and with the next one only
/// when that came to nothing: it has effects elsewhere, while asking has none.
///
/// @param <T> what is asked for
/// @param <R> what comes of it
final class Race<T, R> {

    /// Servers that are asked at one time.
    static final int AT_ONCE_MAX = 3;

    /// How long a server has before the next one is asked as well.
    static final Duration HEAD_START = Duration.ofSeconds(2);

    private final List<ServerName> servers;
    private final Function<ServerName, Uni<T>> asks;
    private final BiFunction<ServerName, T, Uni<R>> goesOn;
    private final Timers timers;
    private final Deque<Answered<T>> answers = new ArrayDeque<>();
    private final List<Cancellable> headStarts = new ArrayList<>();
    private Optional<UniEmitter<? super R>> outcome = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private int next;
    private int asking;
    private boolean isGoingOn;
    private boolean isOver;

    /// @param servers at least one
    Race(
            List<ServerName> servers,
            Timers timers,
            Function<ServerName, Uni<T>> asks,
            BiFunction<ServerName, T, Uni<R>> goesOn) {
        this.servers = servers;
        this.timers = timers;
        this.asks = asks;
        this.goesOn = goesOn;
    }

    private record Answered<T>(ServerName server, T answer) {}

    /// The outcome of the first that comes to something. If none does, of their failures the one
    /// that tells most.
    Uni<R> run() {
        return Uni.createFrom()
                .emitter(
                        emitter -> {
                            outcome = Optional.of(emitter);
                            askNext();
                        });
    }

    private void askNext() {
        if (isOver || isGoingOn || asking == AT_ONCE_MAX || next == servers.size()) {
            return;
        }
        var server = servers.get(next++);
        asking++;
        if (next < servers.size()) {
            headStarts.add(timers.after(HEAD_START).subscribe().with(_ -> askNext(), this::fail));
        }
        Uni.createFrom()
                .deferred(() -> asks.apply(server))
                .subscribe()
                .with(answer -> onAnswer(server, answer), this::onAskingFailed);
    }

    private void onAnswer(ServerName server, T answer) {
        asking--;
        answers.add(new Answered<>(server, answer));
        goOn();
    }

    private void onAskingFailed(Throwable why) {
        asking--;
        onFailed(why);
    }

    private void goOn() {
        if (isOver || isGoingOn || answers.isEmpty()) {
            return;
        }
        var first = answers.poll();
        isGoingOn = true;
        Uni.createFrom()
                .deferred(() -> goesOn.apply(first.server(), first.answer()))
                .subscribe()
                .with(this::complete, this::onGoingOnFailed);
    }

    private void onGoingOnFailed(Throwable why) {
        isGoingOn = false;
        onFailed(why);
    }

    private void onFailed(Throwable why) {
        if (isOver) {
            return;
        }
        if (!Candidates.isWorthAnother(why)) {
            fail(why);
            return;
        }
        failure = Optional.of(failure.map(it -> Candidates.telling(it, why)).orElse(why));
        goOn();
        askNext();
        if (!isGoingOn && asking == 0 && answers.isEmpty() && !isOver) {
            fail(failure.get());
        }
    }

    private void complete(R result) {
        end();
        outcome.orElseThrow().complete(result);
    }

    private void fail(Throwable why) {
        if (!isOver) {
            end();
            outcome.orElseThrow().fail(why);
        }
    }

    private void end() {
        isOver = true;
        headStarts.forEach(Cancellable::cancel);
    }
}
