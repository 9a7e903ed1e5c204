package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.PendingJoin;
import org.stratafed.server.engine.pdu.arrival.JoinProgress;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// Joins that were under way when this server stopped, taken up again. The join may exist in the
/// room by then, so the same one is handed in, and no other is made.
final class ResumedJoins {

    static final int ATTEMPTS_MAX = 6;

    /// Before the second attempt; doubled each time.
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);

    private final HomeserverEnvironment environment;
    private final HandedInJoin handedIn;
    private final RoomLanes lanes;
    private final JoinsUnderWay underWay;

    ResumedJoins(
            HomeserverEnvironment environment,
            HandedInJoin handedIn,
            RoomLanes lanes,
            JoinsUnderWay underWay) {
        this.environment = environment;
        this.handedIn = handedIn;
        this.lanes = lanes;
        this.underWay = underWay;
    }

    void start() {
        environment
                .stores()
                .joins()
                .underWay()
                .subscribe()
                .with(
                        joins -> joins.forEach(this::resume),
                        failure ->
                                environment
                                        .telemetry()
                                        .defect("reading which joins are under way", failure));
    }

    private void resume(PendingJoin pending) {
        var progress = new JoinProgress(pending.room(), pending.user(), pending.startedTs());
        underWay.joined(
                        pending.room(),
                        pending.user(),
                        progress,
                        () ->
                                isPlaced(pending)
                                        .chain(
                                                is ->
                                                        is
                                                                ? done(pending)
                                                                : attempt(pending, progress, 1)))
                .call(() -> environment.stores().joins().end(pending.event()))
                .subscribe()
                .with(_ -> {}, failure -> giveUp(pending, failure));
    }

    private Uni<Boolean> isPlaced(PendingJoin pending) {
        return environment
                .stores()
                .rooms()
                .events(pending.room(), List.of(pending.event()))
                .map(
                        found ->
                                found.values().stream()
                                        .anyMatch(event -> event.kind() != EventKind.OUTLIER));
    }

    private static Uni<EventId> done(PendingJoin pending) {
        return Uni.createFrom().item(pending.event());
    }

    /// The room's lane is held during an attempt, and not while it waits for the next.
    private Uni<EventId> attempt(PendingJoin pending, JoinProgress progress, int attempt) {
        var lane = lanes.lane(pending.room());
        lane.hold();
        return Uni.createFrom()
                .deferred(() -> handedIn.enter(pending, progress))
                .onTermination()
                .invoke(lane::release)
                .onFailure(failure -> isWorthAnother(failure) && attempt < ATTEMPTS_MAX)
                .recoverWithUni(
                        () ->
                                environment
                                        .timers()
                                        .after(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)))
                                        .chain(() -> attempt(pending, progress, attempt + 1)));
    }

    /// A server that says no will say it again.
    private static boolean isWorthAnother(Throwable failure) {
        return failure instanceof RemoteFailure && !(failure instanceof RemoteFailure.Refused);
    }

    private void giveUp(PendingJoin pending, Throwable failure) {
        var telemetry = environment.telemetry();
        if (failure instanceof RemoteFailure || failure instanceof MatrixException) {
            telemetry.peer(
                    pending.servers().getFirst(),
                    "The join of "
                            + pending.user()
                            + " to "
                            + pending.room()
                            + " that was under way could not be brought to its end: "
                            + failure.getMessage());
            environment
                    .stores()
                    .joins()
                    .end(pending.event())
                    .subscribe()
                    .with(_ -> {}, defect -> telemetry.defect("the end of a join", defect));
        } else {
            telemetry.defect("a join that was under way", failure);
        }
    }
}
