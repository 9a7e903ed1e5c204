package org.stratafed.server.engine.pdu.room;

import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StateReset;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.CommitResult;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.server.engine.pdu.policy.PolicyAnswer;

/// One room's work, one turn at a time, in the order asked for.
///
/// ## A turn
/// It decides on what is in memory; what memory lacks is read from the store and the decision is
/// made anew; then everything is committed at once, and only then anybody is told. A turn never
/// waits for the network.
///
/// ## Holding
/// While a join through another server is under way the lane is held: what arrives for the room
/// meanwhile waits, and only what ends the join overtakes it.
public final class RoomLane {

    static final int WAITING_MAX = 10_000;
    static final int AWAITING_RELEASE_MAX = 1_000;
    static final int LOADS_PER_TURN_MAX = 1_000;
    static final int CONFLICTS_PER_TURN_MAX = 10;

    private final RoomId room;
    private final HomeserverEnvironment environment;
    private final LocalServer server;
    private final RoomListener listener;
    private final RoomMemory memory;
    private final Deque<Turn<?>> waiting = new ArrayDeque<>();
    private final List<Promise<Void>> awaitingRelease = new ArrayList<>();
    private final PolicyAnswers policyAnswers = new PolicyAnswers();
    private boolean busy;
    private boolean loaded;
    private int holds;

    RoomLane(
            RoomId room,
            HomeserverEnvironment environment,
            LocalServer server,
            RoomListener listener) {
        this.room = room;
        this.environment = environment;
        this.server = server;
        this.listener = listener;
        var stores = environment.stores();
        this.memory = new RoomMemory(room, stores.rooms(), stores.timeline());
    }

    /// Waits for its turn, and completes when what was decided is durable.
    public <T> Uni<T> run(Decision<T> decision) {
        return enqueue(decision, false);
    }

    /// Like [#run], but also while the lane is held.
    public <T> Uni<T> runDuringHold(Decision<T> decision) {
        return enqueue(decision, true);
    }

    /// What a policy server said of an event, for the turns that come after this.
    public void remember(EventId event, PolicyAnswer answer) {
        policyAnswers.remember(event, answer);
    }

    /// Keeps back everything but what ends the hold.
    public void hold() {
        holds++;
    }

    public void release() {
        holds--;
        if (holds == 0) {
            var released = List.copyOf(awaitingRelease);
            awaitingRelease.clear();
            released.forEach(promise -> promise.complete(null));
        }
        next();
    }

    /// The rules of the room, as soon as it is not held; empty when this server is not in it.
    public Uni<Optional<RoomVersionRules>> rules() {
        return tip().map(RoomLane::rulesOf);
    }

    /// The room's tip, as soon as it is not held; empty when this server is not in it.
    public Uni<Optional<RoomSnapshot>> tip() {
        if (holds > 0) {
            if (awaitingRelease.size() >= AWAITING_RELEASE_MAX) {
                return Uni.createFrom().failure(tooMuch());
            }
            var released = new Promise<Void>();
            awaitingRelease.add(released);
            return released.uni().chain(this::tip);
        }
        var known = memory.snapshot();
        if (loaded && known.isPresent()) {
            return Uni.createFrom().item(known);
        }
        return environment.stores().rooms().snapshot(room);
    }

    private static Optional<RoomVersionRules> rulesOf(Optional<RoomSnapshot> tip) {
        return tip.map(RoomSnapshot::version).flatMap(RoomVersionRules::of);
    }

    boolean isIdle() {
        return !busy && waiting.isEmpty() && holds == 0;
    }

    private <T> Uni<T> enqueue(Decision<T> decision, boolean overtakes) {
        if (waiting.size() >= WAITING_MAX) {
            return Uni.createFrom().failure(tooMuch());
        }
        var turn = new Turn<>(decision, new Promise<T>(), overtakes, environment.clock());
        if (overtakes) {
            waiting.addFirst(turn);
        } else {
            waiting.addLast(turn);
        }
        next();
        return turn.promise.uni();
    }

    private MatrixException tooMuch() {
        return new MatrixException(
                MatrixErrorCode.LIMIT_EXCEEDED, "too much is waiting for room " + room);
    }

    private void next() {
        if (busy || waiting.isEmpty() || holds > 0 && !waiting.peekFirst().overtakes) {
            return;
        }
        busy = true;
        begin(waiting.removeFirst());
    }

    private void begin(Turn<?> turn) {
        if (loaded) {
            decide(turn);
            return;
        }
        turn.watch.begin(StopWatch.Part.READING);
        memory.reload()
                .subscribe()
                .with(
                        _ -> {
                            loaded = true;
                            decide(turn);
                        },
                        failure -> fail(turn, failure));
    }

    private <T> void decide(Turn<T> turn) {
        var version =
                memory.snapshot().map(RoomSnapshot::version).or(() -> turn.decision.newRoom());
        var rules = version.flatMap(RoomVersionRules::of);
        if (rules.isEmpty()) {
            end(() -> turn.promise.fail(notHeld(version)));
            return;
        }
        // One time for the whole turn: an event that is built anew has to come out the same.
        if (turn.now.isEmpty()) {
            turn.now = OptionalLong.of(environment.clock().millis());
        }
        var with = new Deciding(server, environment.signatures(), turn.now.getAsLong());
        var answers = policyAnswers.now();
        turn.watch.begin(StopWatch.Part.DECIDING);
        environment
                .compute()
                .run(() -> attempt(turn.decision, rules.get(), with, answers))
                .subscribe()
                .with(attempt -> follow(turn, attempt), failure -> undecided(turn, failure));
    }

    /// Ends a turn that came to no decision: because the answer is no, or by a defect.
    private void undecided(Turn<?> turn, Throwable failure) {
        boolean answer =
                failure instanceof MatrixException || failure instanceof CreateRoom.RoomExists;
        fail(turn, answer ? failure : new DecidingFailed(room, failure));
    }

    private MatrixException notHeld(Optional<RoomVersion> version) {
        return version.isEmpty()
                ? MatrixException.notFound("this server is not in room " + room)
                : new MatrixException(
                        MatrixErrorCode.UNSUPPORTED_ROOM_VERSION,
                        "room version " + version.get() + " is not supported");
    }

    private <T> Attempt<T> attempt(
            Decision<T> decision,
            RoomVersionRules rules,
            Deciding with,
            Map<EventId, PolicyAnswer> answers) {
        var transition = new RoomTransition(room, rules, memory, answers);
        try {
            var value = decision.decide(transition, with);
            var commit =
                    transition.isEmpty()
                            ? Optional.<RoomCommit>empty()
                            : Optional.of(
                                    transition.toCommit(
                                            resets(transition, with), decision.arrival()));
            return new Attempt.Decided<>(value, transition, commit);
        } catch (NotInMemory lacking) {
            return new Attempt.Lacking<>(lacking.need());
        }
    }

    private static List<StateReset> resets(RoomTransition transition, Deciding with) {
        return new StateResets(transition, with).find();
    }

    private <T> void follow(Turn<T> turn, Attempt<T> attempt) {
        switch (attempt) {
            case Attempt.Lacking<T>(var need) -> {
                if (++turn.loads > LOADS_PER_TURN_MAX) {
                    undecided(turn, new IllegalStateException("it never ends: it lacks " + need));
                    return;
                }
                turn.watch.begin(StopWatch.Part.READING);
                memory.load(need)
                        .subscribe()
                        .with(_ -> decide(turn), failure -> fail(turn, failure));
            }
            case Attempt.Decided<T>(var value, var transition, var commit) -> {
                if (commit.isEmpty()) {
                    end(
                            () -> {
                                turn.promise.complete(value);
                                tellUnsigned(transition);
                            });
                    return;
                }
                turn.watch.begin(StopWatch.Part.STORING);
                environment
                        .stores()
                        .rooms()
                        .commit(commit.get())
                        .subscribe()
                        .with(
                                result -> settle(turn, value, transition, result),
                                failure -> fail(turn, failure));
            }
        }
    }

    private <T> void settle(Turn<T> turn, T value, RoomTransition transition, CommitResult result) {
        switch (result) {
            case CommitResult.Committed(var revision, var position, var events) -> {
                boolean mends =
                        !transition.staging().staged().isEmpty()
                                || memory.waiting().citeAnyOf(transition);
                memory.accept(transition.tip(revision), transition, events);
                policyAnswers.forget(transition.written());
                listener.onTurn(transition.touched(), turn.watch.times());
                end(
                        () -> {
                            turn.promise.complete(value);
                            tell(transition, position, mends);
                        });
            }
            case CommitResult.Conflict _ -> {
                if (++turn.conflicts > CONFLICTS_PER_TURN_MAX) {
                    fail(turn, new IllegalStateException(room + " is written by somebody else"));
                    return;
                }
                loaded = false;
                begin(turn);
            }
        }
    }

    private void tell(RoomTransition transition, long position, boolean mends) {
        transition.resets().forEach(environment.telemetry()::stateReset);
        if (transition.movesTimeline()) {
            listener.onTimeline(position);
        }
        if (transition.changesState()) {
            var members = transition.changedMembers(server.name());
            listener.onState(room, members, transition.movesTimeline(), position);
        }
        if (!transition.audience().isEmpty()) {
            listener.onOutbox(transition.audience());
        }
        if (mends) {
            listener.onStaged(room);
        }
        tellUnsigned(transition);
    }

    private void tellUnsigned(RoomTransition transition) {
        if (!transition.unsigned().isEmpty()) {
            listener.onUnsigned(room, List.copyOf(transition.unsigned()));
        }
    }

    /// Ends the turn with a failure. An answer that is an error leaves memory as it was; anything
    /// else may have come between, so memory is read anew.
    private void fail(Turn<?> turn, Throwable failure) {
        boolean answer =
                failure instanceof MatrixException || failure instanceof CreateRoom.RoomExists;
        if (!answer) {
            loaded = false;
            environment.telemetry().defect("a turn of room " + room, failure);
        }
        end(() -> turn.promise.fail(failure));
    }

    private void end(Runnable tell) {
        busy = false;
        memory.trim();
        try {
            tell.run();
        } finally {
            next();
        }
    }

    /// What an attempt to decide ended in.
    private sealed interface Attempt<T> {
        record Decided<T>(T value, RoomTransition transition, Optional<RoomCommit> commit)
                implements Attempt<T> {}

        record Lacking<T>(NotInMemory.Need need) implements Attempt<T> {}
    }
}
