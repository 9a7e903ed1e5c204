package org.stratafed.server.engine.transaction;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.stratafed.api.spi.Timers;

/// An engine loop that a test turns by hand, with a clock of its own.
public final class ManualLoop implements Timers, InstantSource {

    private static final int STEPS_MAX = 100_000;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::due).thenComparing(Task::number));

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long taken;

    private record Task(Instant due, long number, Runnable action) {}

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Uni<Void> after(Duration delay) {
        return Uni.createFrom()
                .emitter(emitter -> schedule(now.plus(delay), () -> emitter.complete(null)));
    }

    /// A port's answer: the work is done when the loop comes to it, never in the subscribing call,
    /// and told of in a turn after that, so that a crash may come between.
    public <T> Uni<T> later(Supplier<T> work) {
        return Uni.createFrom().emitter(emitter -> schedule(now, () -> work(work, emitter)));
    }

    private <T> void work(Supplier<T> work, UniEmitter<? super T> emitter) {
        try {
            var result = work.get();
            schedule(now, () -> emitter.complete(result));
        } catch (RuntimeException failure) {
            schedule(now, () -> emitter.fail(failure));
        }
    }

    /// Runs what is due now, and what follows from it.
    public void run() {
        advance(Duration.ZERO);
    }

    /// Lets time pass, and runs what becomes due meanwhile at its time.
    public void advance(Duration duration) {
        var end = now.plus(duration);
        for (int step = 0; !tasks.isEmpty() && !tasks.peek().due().isAfter(end); step++) {
            if (step == STEPS_MAX) {
                throw new AssertionError("not idle after " + step + " steps, at " + now);
            }
            var task = tasks.remove();
            now = task.due();
            task.action().run();
        }
        now = end;
    }

    /// Runs one task that is due now. Answers whether there was one.
    public boolean step() {
        if (tasks.isEmpty() || tasks.peek().due().isAfter(now)) {
            return false;
        }
        tasks.remove().action().run();
        return true;
    }

    /// The process dies: nothing of what was to come happens.
    public void crash() {
        tasks.clear();
    }

    private void schedule(Instant due, Runnable action) {
        tasks.add(new Task(due, taken++, action));
    }
}
