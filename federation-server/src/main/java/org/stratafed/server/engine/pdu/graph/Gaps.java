package org.stratafed.server.engine.pdu.graph;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.Gap;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.GiveUp;
import org.stratafed.server.engine.pdu.room.Judging;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// Rooms with events that wait for others, or whose history ends somewhere: fetches what is
/// missing, beside the rooms' lanes, one attempt at a time for a room. What can't be had is
/// recorded, and tried again later, less and less often.
public final class Gaps {

    private final Means with;
    private final Backfilling backfilling;
    private final Map<RoomId, Progress> rooms = new LinkedHashMap<>();

    public Gaps(
            HomeserverEnvironment environment,
            RemoteRooms remote,
            RoomLanes lanes,
            PduIntake intake,
            Judging judging) {
        var rooms = environment.stores().rooms();
        with =
                new Means(
                        environment,
                        remote,
                        lanes,
                        intake,
                        judging,
                        new PeersOfRoom(lanes.local(), environment.stores().timeline()),
                        new EventFetcher(remote, rooms, lanes, intake),
                        new GapBook(environment.stores().health(), environment.clock()));
        backfilling = new Backfilling(with);
    }

    /// Asks for history older than what is here; answers how many events came.
    public Uni<Integer> backfill(RoomId room, int limit) {
        return backfilling.run(room, limit).invoke(() -> watch(room));
    }

    /// Something waits in the room, or something that may be waited for has come: all of its gaps
    /// are tried.
    public void wake(RoomId room) {
        var progress = rooms.computeIfAbsent(room, _ -> new Progress());
        progress.retry = GapBook.RETRY_MIN;
        if (progress.running) {
            progress.again = true;
        } else {
            run(room, progress, false);
        }
    }

    /// Gaps of the room may have been recorded elsewhere: they are tried when their time comes.
    private void watch(RoomId room) {
        if (!rooms.containsKey(room)) {
            var progress = new Progress();
            rooms.put(room, progress);
            attempted(room, progress);
        }
    }

    /// Takes up, after a start, what was left waiting.
    public void resume() {
        takeUp(with.rooms().roomsWithStaged());
        takeUp(with.environment().stores().health().roomsWithGaps());
    }

    private void takeUp(Uni<List<RoomId>> waiting) {
        waiting.subscribe()
                .with(
                        found -> found.forEach(this::wake),
                        failure -> with.environment().telemetry().defect("gaps", failure));
    }

    private void run(RoomId room, Progress progress, boolean onlyDue) {
        progress.running = true;
        progress.runs++;
        progress.again = false;
        with.book()
                .of(room)
                .chain(gaps -> attempt(room, progress, gaps, onlyDue))
                .subscribe()
                .with(
                        _ -> attempted(room, progress),
                        failure -> {
                            with.environment()
                                    .telemetry()
                                    .defect("the gaps of room " + room, failure);
                            attempted(room, progress);
                        });
    }

    private Uni<?> attempt(
            RoomId room, Progress progress, SequencedMap<EventId, Gap> gaps, boolean onlyDue) {
        var terms = new GapFilling.Terms(gaps, onlyDue, progress.allowances);
        return new GapFilling(room, with, terms)
                .run()
                .call(() -> repairHistory(room, gaps))
                .chain(ended -> settle(room, gaps, ended))
                .chain(now -> giveUpOld(room, progress, now));
    }

    /// Where history ends, what is before that is asked for as if somebody read on.
    private Uni<?> repairHistory(RoomId room, SequencedMap<EventId, Gap> gaps) {
        var due = new LinkedHashSet<EventId>();
        gaps.values().stream()
                .filter(gap -> !gap.endings().isEmpty() && GapBook.isDue(gap, with.now()))
                .limit(Backfilling.EXTREMITIES_MAX)
                .forEach(gap -> due.add(gap.missing()));
        return due.isEmpty() ? Uni.createFrom().voidItem() : backfilling.repair(room, due);
    }

    /// Records what is missing still. What nobody waits for any more may have been done without:
    /// then history ends there.
    private Uni<SequencedMap<EventId, Gap>> settle(
            RoomId room, SequencedMap<EventId, Gap> before, GapFilling.Ended ended) {
        var doneWithout = new LinkedHashSet<>(with.book().asked(room));
        before.values().stream()
                .filter(gap -> !gap.waiting().isEmpty())
                .forEach(gap -> doneWithout.add(gap.missing()));
        doneWithout.removeAll(ended.waiting().keySet());
        return endings(room, doneWithout)
                .chain(endings -> with.book().settle(room, Optional.of(ended.waiting()), endings));
    }

    private Uni<SequencedMap<EventId, SequencedSet<EventId>>> endings(
            RoomId room, SequencedSet<EventId> missing) {
        if (missing.isEmpty()) {
            return Uni.createFrom().item(new LinkedHashMap<>());
        }
        return with.environment()
                .stores()
                .timeline()
                .backwardExtremities(room)
                .map(extremities -> Backfilling.endings(missing, extremities))
                .chain(endings -> newer(room, endings));
    }

    /// Without those that end in history from before what we know of the room, which is nobody's
    /// matter before somebody reads on there.
    private Uni<SequencedMap<EventId, SequencedSet<EventId>>> newer(
            RoomId room, SequencedMap<EventId, SequencedSet<EventId>> endings) {
        var events = new LinkedHashSet<EventId>();
        endings.values().forEach(events::addAll);
        if (events.isEmpty()) {
            return Uni.createFrom().item(endings);
        }
        return Stepping.depthOfOldest(with.environment(), room)
                .chain(
                        oldest ->
                                with.rooms()
                                        .events(room, events)
                                        .map(known -> newer(endings, known, oldest)));
    }

    private static SequencedMap<EventId, SequencedSet<EventId>> newer(
            SequencedMap<EventId, SequencedSet<EventId>> endings,
            SequencedMap<EventId, StoredEvent> known,
            long oldest) {
        endings.values()
                .forEach(
                        events ->
                                events.removeIf(
                                        id ->
                                                Optional.ofNullable(known.get(id))
                                                        .map(StoredEvent::pdu)
                                                        .map(Pdu::depth)
                                                        .filter(depth -> depth > oldest)
                                                        .isEmpty()));
        return endings;
    }

    private Uni<?> giveUpOld(RoomId room, Progress progress, SequencedMap<EventId, Gap> gaps) {
        return with.rooms()
                .staged(room)
                .chain(staged -> giveUp(room, progress.overdue(staged, gaps)));
    }

    private Uni<Void> giveUp(RoomId room, List<StagedEvent> overdue) {
        if (overdue.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return with.lanes()
                .lane(room)
                .run(new GiveUp(overdue.stream().map(StagedEvent::id).toList()))
                .invoke(() -> overdue.forEach(event -> report(room, event)))
                .invoke(() -> rooms.get(room).again = true)
                .replaceWithVoid();
    }

    private void report(RoomId room, StagedEvent event) {
        var why = "given up: it waited in vain for " + event.reason();
        with.environment()
                .telemetry()
                .refused(
                        event.origin(),
                        Optional.of(room),
                        Optional.of(event.id()),
                        new Refusal(PduCheck.AUTH_EVENTS, why));
    }

    private void attempted(RoomId room, Progress progress) {
        progress.running = false;
        if (progress.again) {
            run(room, progress, false);
            return;
        }
        int runs = progress.runs;
        Uni.combine()
                .all()
                .unis(with.rooms().staged(room), with.book().of(room))
                .asTuple()
                .subscribe()
                .with(
                        both -> {
                            if (progress.isAt(runs)) {
                                waitOn(room, progress, both.getItem1(), both.getItem2());
                            }
                        },
                        failure ->
                                with.environment()
                                        .telemetry()
                                        .defect("the gaps of room " + room, failure));
    }

    private void waitOn(
            RoomId room,
            Progress progress,
            List<StagedEvent> staged,
            SequencedMap<EventId, Gap> gaps) {
        var delay = progress.delay(staged, gaps, with.now());
        if (delay.isPresent()) {
            retryLater(room, progress, delay.get());
        } else if (staged.isEmpty()) {
            rooms.remove(room);
        }
    }

    private void retryLater(RoomId room, Progress progress, Duration delay) {
        // A timer of before a later run is void: a room has one that counts.
        int runs = progress.runs;
        with.environment()
                .timers()
                .after(delay)
                .subscribe()
                .with(
                        _ -> {
                            if (rooms.get(room) == progress && progress.isAt(runs)) {
                                run(room, progress, true);
                            }
                        });
    }
}
