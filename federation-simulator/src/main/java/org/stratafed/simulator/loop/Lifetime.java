package org.stratafed.simulator.loop;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.stratafed.simulator.loop.VirtualTime.Kind;

/// The time of one incarnation of a virtual server. When it ends, nothing that was put into it
/// happens any more: no timer, no answer, no completion.
public final class Lifetime {

    static final int AT_END_MAX = 10_000_000;

    private final VirtualTime time;
    private final SequencedMap<Long, Runnable> atEnd = new LinkedHashMap<>();
    private long ends;
    private boolean over;

    public Lifetime(VirtualTime time) {
        this.time = time;
    }

    public VirtualTime time() {
        return time;
    }

    public boolean isOver() {
        return over;
    }

    public void end() {
        over = true;
        var actions = List.copyOf(atEnd.values());
        atEnd.clear();
        actions.forEach(Runnable::run);
    }

    /// Has something done when this time ends, unless it is taken back before.
    public VirtualTime.Scheduled atEnd(Runnable action) {
        if (atEnd.size() == AT_END_MAX) {
            throw new IllegalStateException("too much waits for an end");
        }
        long number = ends++;
        atEnd.put(number, action);
        return () -> atEnd.remove(number);
    }

    /// Does something later, unless this time is over by then.
    public VirtualTime.Scheduled schedule(Kind kind, long delayNanos, Runnable action) {
        return time.schedule(kind, delayNanos, () -> runIfAlive(action));
    }

    private void runIfAlive(Runnable action) {
        if (!over) {
            action.run();
        }
    }

    /// Completes later with what is then supplied: once per subscription, never within the
    /// subscribing call.
    ///
    /// @param delayNanos asked at each subscription
    public <T> Uni<T> later(Supplier<Long> delayNanos, Supplier<T> supplier) {
        return Uni.createFrom()
                .emitter(
                        emitter ->
                                schedule(
                                        Kind.LABOUR,
                                        delayNanos.get(),
                                        () -> {
                                            T value;
                                            try {
                                                value = supplier.get();
                                            } catch (RuntimeException failure) {
                                                emitter.fail(failure);
                                                return;
                                            }
                                            emitter.complete(value);
                                        }));
    }
}
