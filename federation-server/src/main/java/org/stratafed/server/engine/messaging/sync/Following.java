package org.stratafed.server.engine.messaging.sync;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import org.stratafed.api.layer.messaging.SyncAnswer;
import org.stratafed.api.layer.messaging.SyncRequest;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.messaging.reading.EventViews;
import org.stratafed.server.engine.messaging.reading.StateCache;
import org.stratafed.server.engine.messaging.reading.StateViews;
import org.stratafed.server.engine.messaging.reading.SyncToken;
import org.stratafed.server.engine.messaging.sync.Waiters.Waiter;

/// Tells clients what is new, and has them wait while nothing is.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#syncing">Syncing</a>
public final class Following {

    static final Duration WAIT_MAX = Duration.ofMinutes(5);

    private final HomeserverEnvironment environment;
    private final SyncGathering gathering;
    private final Waiters waiters = new Waiters();
    private final WakeUps wakeUps;

    public Following(
            HomeserverEnvironment environment,
            ServerName local,
            EventViews events,
            StateViews states,
            StateCache cache) {
        this.environment = environment;
        var stores = environment.stores();
        var compute = environment.compute();
        var rooms = new RoomGathering(stores, compute, events, states, cache);
        this.gathering = new SyncGathering(stores, compute, rooms);
        this.wakeUps = new WakeUps(local, stores.timeline(), waiters, environment.telemetry());
    }

    /// The stream has grown.
    public void onTimeline(long position) {
        wakeUps.onTimeline(position);
    }

    /// These users' memberships have changed.
    public void onMembership(SequencedSet<UserId> users) {
        waiters.wake(users);
    }

    public Uni<SyncAnswer> sync(SyncRequest request) {
        var since = request.since().map(SyncToken::parse);
        if (since.isEmpty() || request.fullState() || !request.timeout().isPositive()) {
            return now(request, position(since));
        }
        var waiter = waiters.enter(request.user());
        if (waiter.isEmpty()) {
            return now(request, position(since));
        }
        var end = environment.clock().instant().plus(wait(request));
        return next(request, since.get().position(), waiter.get(), end)
                .onTermination()
                .invoke(() -> waiters.leave(waiter.get()));
    }

    private static OptionalLong position(Optional<SyncToken> since) {
        return since.map(it -> OptionalLong.of(it.position())).orElse(OptionalLong.empty());
    }

    private static Duration wait(SyncRequest request) {
        return request.timeout().compareTo(WAIT_MAX) < 0 ? request.timeout() : WAIT_MAX;
    }

    /// What there is now, or else what there is once there is something. An answer with nothing in
    /// it is as good a start as the one before, and a later one.
    private Uni<SyncAnswer> next(SyncRequest request, long since, Waiter waiter, Instant end) {
        waiter.listen();
        return now(request, OptionalLong.of(since))
                .chain(
                        answer ->
                                answer.isEmpty() && mayWait(waiter, end)
                                        ? await(waiter, end)
                                                .chain(
                                                        () ->
                                                                next(
                                                                        request,
                                                                        reached(answer),
                                                                        waiter,
                                                                        end))
                                        : Uni.createFrom().item(answer));
    }

    private static long reached(SyncAnswer answer) {
        return SyncToken.parse(answer.nextBatch()).position();
    }

    private boolean mayWait(Waiter waiter, Instant end) {
        return !waiter.isDismissed() && environment.clock().instant().isBefore(end);
    }

    private Uni<Void> await(Waiter waiter, Instant end) {
        var rest = Duration.between(environment.clock().instant(), end);
        return Uni.join().first(waiter.woken(), environment.timers().after(rest)).toTerminate();
    }

    private Uni<SyncAnswer> now(SyncRequest request, OptionalLong since) {
        return environment
                .stores()
                .timeline()
                .position()
                .invoke(upTo -> mustNotBeAhead(since, upTo))
                .map(
                        upTo ->
                                new SyncQuestion(
                                        request.user(),
                                        request.device(),
                                        since,
                                        upTo,
                                        request.fullState(),
                                        request.filter()))
                .chain(gathering::answer);
    }

    private static void mustNotBeAhead(OptionalLong since, long upTo) {
        if (since.isPresent() && since.getAsLong() > upTo) {
            throw MatrixException.invalidParam("a token of a time to come");
        }
    }
}
