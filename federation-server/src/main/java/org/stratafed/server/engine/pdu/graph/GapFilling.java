package org.stratafed.server.engine.pdu.graph;

import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.Gap;
import org.stratafed.server.engine.pdu.room.DecidingFailed;
import org.stratafed.server.engine.pdu.room.Promise;

/// One attempt to get what a room's staged events wait for.
///
/// GapStep by step, each at most once per server and subject: walk back with `get_missing_events`;
/// where that leads nowhere, learn the state before the oldest event with `state_ids` and place it
/// after that. An event whose auth events are missing gets its auth chain. After each step that
/// brought something, what waits is judged again.
///
/// See "Backfilling and retrieving missing events" in the server-server API.
final class GapFilling {

    static final int STEPS_MAX = 2_000;
    /// Whoever was asked so often in a row without any answer is not asked again in this attempt.
    static final int SILENT_MAX = 3;

    /// Whoever still can't be asked for its keys after so many attempts may be gone for good.
    static final int PATIENT_ATTEMPTS_MAX = 6;

    private final RoomId room;
    private final Means with;
    private final Terms terms;
    private final Looking looking;
    private final Stepping stepping;
    private final SequencedSet<GapStep> tried = new LinkedHashSet<>();
    private final SequencedSet<ServerName> outOfReach = new LinkedHashSet<>();
    private final Map<ServerName, Integer> silent = new LinkedHashMap<>();
    private final Promise<Ended> ended = new Promise<>();

    /// How one attempt goes about it.
    ///
    /// @param recorded the gaps known so far
    /// @param onlyDue whether those whose time has not come are left alone
    /// @param allowances what may be spent for each origin
    record Terms(SequencedMap<EventId, Gap> recorded, boolean onlyDue, Allowances allowances) {}

    /// How an attempt ended: with what is missing still, and what waits for each.
    record Ended(boolean closed, SequencedMap<EventId, SequencedSet<EventId>> waiting) {}

    GapFilling(RoomId room, Means with, Terms terms) {
        this.room = room;
        this.with = with;
        this.terms = terms;
        this.looking = new Looking(room, with);
        this.stepping = new Stepping(room, with);
    }

    Uni<Ended> run() {
        next();
        return ended.uni();
    }

    private void next() {
        looking.look()
                .chain(this::take)
                .subscribe()
                .with(result -> result.ifPresentOrElse(ended::complete, this::next), ended::fail);
    }

    /// Takes the next step; answers how it all ended once there is none.
    private Uni<Optional<Ended>> take(Optional<Situation> situation) {
        if (situation.isEmpty()) {
            return Uni.createFrom().item(Optional.of(new Ended(true, new LinkedHashMap<>())));
        }
        var now = situation.get();
        var step = nextStep(now);
        if (step.isEmpty() || tried.size() >= STEPS_MAX) {
            return Uni.createFrom().item(Optional.of(new Ended(false, now.missing())));
        }
        tried.add(step.get());
        long began = with.now();
        var received = new Received();
        return stepping.take(step.get(), now, isPatient(step.get(), now), received)
                .onItemOrFailure()
                .<Optional<Ended>>transformToUni(
                        (_, failure) -> {
                            account(step.get(), now, received, began, Optional.ofNullable(failure));
                            return failure == null || leadsNowhere(failure)
                                    ? Uni.createFrom().item(Optional.empty())
                                    : Uni.createFrom().failure(failure);
                        });
    }

    /// Of all that is left to try, what is for the sake of whom least time was spent for.
    private Optional<GapStep> nextStep(Situation now) {
        terms.allowances().renew(with.now());
        return now.steps().stream()
                .filter(step -> !tried.contains(step))
                .filter(step -> !isTooEarly(step, now))
                .filter(step -> isWorthwhile(step, now))
                .min(
                        Comparator.comparingLong(
                                step -> now.origin(step).map(this::millisFor).orElse(-1L)));
    }

    private long millisFor(ServerName origin) {
        return terms.allowances().millis(origin);
    }

    private boolean isWorthwhile(GapStep step, Situation now) {
        return now.origin(step).filter(terms.allowances()::isSpent).isEmpty()
                && step.asked().filter(s -> silent.getOrDefault(s, 0) >= SILENT_MAX).isEmpty()
                && isDue(now.about(step));
    }

    private boolean isDue(SequencedSet<EventId> missing) {
        long now = with.now();
        return !terms.onlyDue()
                || missing.isEmpty()
                || missing.stream()
                        .map(terms.recorded()::get)
                        .anyMatch(gap -> gap == null || GapBook.isDue(gap, now));
    }

    /// Who sent an event has what comes before it. While he can't be asked for that, the state that
    /// somebody tells is no substitute: what is placed after it leaves out what comes before.
    private boolean isTooEarly(GapStep step, Situation now) {
        return step instanceof GapStep.LearnState(_, var event)
                && isPatient(step, now)
                && outOfReach.contains(now.origins().get(event));
    }

    /// Whether an event is rather left waiting than placed after a state of which something is
    /// missing.
    private boolean isPatient(GapStep step, Situation now) {
        return now.about(step).stream()
                .map(terms.recorded()::get)
                .allMatch(gap -> gap == null || gap.attempts() < PATIENT_ATTEMPTS_MAX);
    }

    private void account(
            GapStep step,
            Situation now,
            Received received,
            long began,
            Optional<Throwable> failure) {
        long millis = with.now() - began;
        now.origin(step).ifPresent(origin -> terms.allowances().spend(origin, received, millis));
        step.asked().ifPresent(server -> note(server, step, now, received, failure));
    }

    private void note(
            ServerName server,
            GapStep step,
            Situation now,
            Received received,
            Optional<Throwable> failure) {
        var isNoAnswer =
                failure.filter(
                                f ->
                                        f instanceof RemoteFailure.TimedOut
                                                || f instanceof RemoteFailure.Unreachable)
                        .isPresent();
        if (isNoAnswer) {
            silent.merge(server, 1, Integer::sum);
            if (step instanceof GapStep.WalkBack) {
                outOfReach.add(server);
            }
        } else {
            silent.remove(server);
        }
        var answer =
                failure.map(f -> String.valueOf(f.getMessage()))
                        .orElseGet(() -> received.events() + " events");
        with.book().note(room, now.about(step), server, step.question(), answer);
    }

    /// A peer that does not help, a lane that is full, a defect that has been reported: the other
    /// steps are as good as before.
    private static boolean leadsNowhere(Throwable failure) {
        return failure instanceof RemoteFailure
                || failure instanceof MatrixException
                || failure instanceof DecidingFailed;
    }
}
