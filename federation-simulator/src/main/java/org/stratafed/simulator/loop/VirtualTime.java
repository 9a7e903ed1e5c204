package org.stratafed.simulator.loop;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/// Time in which nothing happens but what is due: the one loop that all virtual servers share.
///
/// Whatever is to happen is an entry of one queue, ordered by when it is due and then by when it
/// was put there, so there are no ties and no chance in it.
public final class VirtualTime {

    public static final long STEPS_MAX = 100_000_000L;

    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private final Trace trace;
    private long nowNanos;
    private long sequence;
    private long steps;
    private long labour;

    public VirtualTime(Trace trace) {
        this.trace = trace;
    }

    /// What is waited for: the end of something under way, or only time to pass.
    public enum Kind {
        LABOUR,
        TIMER
    }

    /// Nanoseconds since the start.
    public long nowNanos() {
        return nowNanos;
    }

    public Duration now() {
        return Duration.ofNanos(nowNanos);
    }

    /// How many entries were taken from the queue so far.
    public long steps() {
        return steps;
    }

    /// Whether nothing is under way: no message, no commit, no computation. Timers may still wait.
    public boolean isQuiet() {
        return labour == 0;
    }

    /// Puts an action into the queue.
    public Scheduled schedule(Kind kind, long delayNanos, Runnable action) {
        if (delayNanos < 0) {
            throw new IllegalArgumentException("in the past: " + delayNanos);
        }
        var entry = new Entry(nowNanos + delayNanos, sequence++, kind, action);
        queue.add(entry);
        if (kind == Kind.LABOUR) {
            labour++;
        }
        return entry;
    }

    /// Runs until something is so. Answers whether it got so before nothing was left to be done.
    public boolean runUntil(BooleanSupplier done, Runnable afterEachStep) {
        while (!done.getAsBoolean()) {
            if (steps >= STEPS_MAX) {
                throw new AssertionError("not done after " + steps + " steps, at " + now());
            }
            if (!step()) {
                return false;
            }
            afterEachStep.run();
        }
        return true;
    }

    /// Does what is due next. Answers whether there was anything.
    public boolean step() {
        var entry = queue.poll();
        while (entry != null && entry.isCancelled()) {
            entry = queue.poll();
        }
        if (entry == null) {
            return false;
        }
        steps++;
        nowNanos = entry.dueNanos;
        trace.tick(nowNanos, entry.number);
        var action = entry.action;
        entry.end();
        action.run();
        return true;
    }

    /// An entry of the queue, to be taken back.
    public interface Scheduled {
        void cancel();
    }

    private final class Entry implements Comparable<Entry>, Scheduled {

        private static final Runnable NOTHING = () -> {};

        private final long dueNanos;
        private final long number;
        private final Kind kind;
        private Runnable action;

        private Entry(long dueNanos, long number, Kind kind, Runnable action) {
            this.dueNanos = dueNanos;
            this.number = number;
            this.kind = kind;
            this.action = action;
        }

        private boolean isCancelled() {
            return action == NOTHING;
        }

        /// Keeps the entry in the queue, which finds it only when it is due, but nothing that it
        /// holds.
        @Override
        public void cancel() {
            end();
        }

        private void end() {
            if (action != NOTHING && kind == Kind.LABOUR) {
                labour--;
            }
            action = NOTHING;
        }

        @Override
        public int compareTo(Entry other) {
            int byDue = Long.compare(dueNanos, other.dueNanos);
            return byDue != 0 ? byDue : Long.compare(number, other.number);
        }
    }
}
