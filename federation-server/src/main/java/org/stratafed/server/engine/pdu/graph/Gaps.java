package org.stratafed.server.engine.pdu.graph;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.GiveUp;
import org.stratafed.server.engine.pdu.room.Judging;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// Rooms with events that wait for others: fetches what is missing, beside the rooms' lanes, one
/// fetch at a time for a room. What can't be had is tried again later, less and less often.
public final class Gaps {

    static final Duration RETRY_MIN = Duration.ofSeconds(30);
    static final Duration RETRY_MAX = Duration.ofHours(1);

    /// Whoever still can't be asked for its keys after so many attempts may be gone for good.
    static final int PATIENT_ATTEMPTS_MAX = 6;

    /// After so many attempts an event is given up. They are an hour apart by then, which makes it
    /// about four days; a restart begins to count anew.
    static final int ATTEMPTS_MAX = 100;

    private final HomeserverEnvironment environment;
    private final RemoteRooms remote;
    private final RoomLanes lanes;
    private final PduIntake intake;
    private final Judging judging;
    private final PeersOfRoom peers;
    private final EventFetcher fetcher;
    private final Map<RoomId, Progress> rooms = new LinkedHashMap<>();

    public Gaps(
            HomeserverEnvironment environment,
            RemoteRooms remote,
            RoomLanes lanes,
            PduIntake intake,
            Judging judging,
            PeersOfRoom peers,
            EventFetcher fetcher) {
        this.environment = environment;
        this.remote = remote;
        this.lanes = lanes;
        this.intake = intake;
        this.judging = judging;
        this.peers = peers;
        this.fetcher = fetcher;
    }

    /// Something waits in the room, or something that may be waited for has come.
    public void wake(RoomId room) {
        var progress = rooms.computeIfAbsent(room, _ -> new Progress());
        progress.retry = RETRY_MIN;
        if (progress.running) {
            progress.again = true;
        } else {
            run(room, progress);
        }
    }

    /// Takes up, after a start, what was left waiting.
    public void resume() {
        environment
                .stores()
                .rooms()
                .roomsWithStaged()
                .subscribe()
                .with(this::wakeAll, failure -> environment.telemetry().defect("gaps", failure));
    }

    private void wakeAll(List<RoomId> waiting) {
        waiting.forEach(this::wake);
    }

    private void run(RoomId room, Progress progress) {
        progress.running = true;
        progress.runs++;
        progress.again = false;
        new GapFilling(
                        room,
                        environment,
                        remote,
                        lanes,
                        intake,
                        judging,
                        peers,
                        fetcher,
                        progress.isPatient())
                .run()
                .subscribe()
                .with(
                        closed -> ended(room, progress, closed),
                        failure -> {
                            environment.telemetry().defect("the gaps of room " + room, failure);
                            ended(room, progress, false);
                        });
    }

    private void ended(RoomId room, Progress progress, boolean closed) {
        progress.running = false;
        if (progress.again) {
            run(room, progress);
        } else if (closed) {
            rooms.remove(room);
        } else {
            progress.fruitless++;
            giveUpOld(room, progress);
        }
    }

    private void giveUpOld(RoomId room, Progress progress) {
        progress.running = true;
        environment
                .stores()
                .rooms()
                .staged(room)
                .chain(staged -> giveUp(room, progress.overdue(staged)))
                .subscribe()
                .with(
                        _ -> attempted(room, progress),
                        failure -> {
                            environment.telemetry().defect("the gaps of room " + room, failure);
                            attempted(room, progress);
                        });
    }

    private void attempted(RoomId room, Progress progress) {
        progress.running = false;
        if (progress.again) {
            run(room, progress);
        } else {
            retryLater(room, progress);
        }
    }

    private Uni<Void> giveUp(RoomId room, List<StagedEvent> overdue) {
        if (overdue.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return lanes.lane(room)
                .run(new GiveUp(overdue.stream().map(StagedEvent::id).toList()))
                .invoke(() -> overdue.forEach(event -> report(room, event)))
                .replaceWithVoid();
    }

    private void report(RoomId room, StagedEvent event) {
        var why = "given up: it waited in vain for " + event.reason();
        environment
                .telemetry()
                .refused(
                        event.origin(),
                        Optional.of(room),
                        Optional.of(event.id()),
                        new Refusal(PduCheck.AUTH_EVENTS, why));
    }

    private void retryLater(RoomId room, Progress progress) {
        var delay = progress.retry;
        // A timer of before a later run is void: a room has one that counts.
        int runs = progress.runs;
        progress.retry =
                delay.multipliedBy(2).compareTo(RETRY_MAX) < 0 ? delay.multipliedBy(2) : RETRY_MAX;
        environment
                .timers()
                .after(delay)
                .subscribe()
                .with(
                        _ -> {
                            if (rooms.get(room) == progress
                                    && !progress.running
                                    && progress.runs == runs) {
                                run(room, progress);
                            }
                        });
    }

    private static final class Progress {
        private boolean running;
        private boolean again;
        private int runs;
        private int fruitless;
        private Duration retry = RETRY_MIN;
        private SequencedMap<EventId, Integer> attempts = new LinkedHashMap<>();

        /// Counts one more attempt for each, and answers those that had their last.
        private List<StagedEvent> overdue(List<StagedEvent> staged) {
            var counted = new LinkedHashMap<EventId, Integer>();
            staged.forEach(it -> counted.put(it.id(), 1 + attempts.getOrDefault(it.id(), 0)));
            attempts = counted;
            return staged.stream().filter(it -> counted.get(it.id()) >= ATTEMPTS_MAX).toList();
        }

        private boolean isPatient() {
            return fruitless < PATIENT_ATTEMPTS_MAX;
        }
    }
}
