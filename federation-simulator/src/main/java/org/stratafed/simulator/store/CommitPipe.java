package org.stratafed.simulator.store;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.stratafed.simulator.loop.Lifetime;
import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.loop.VirtualTime.Kind;

/// The one writer of a virtual disk. It takes all that waits into one commit, which takes time;
/// then all of it is durable at once, and a little later acknowledged in the order given.
///
/// A crash leaves the commit under way on the disk or not, as chance will have it. What waits
/// behind it is gone, and what was acknowledged stays.
final class CommitPipe {

    private static final long COMMIT_NANOS_MIN = 200_000;
    private static final long COMMIT_NANOS_MEAN = 2_000_000;
    private static final long ACKNOWLEDGE_NANOS_MIN = 5_000;
    private static final long ACKNOWLEDGE_NANOS_MEAN = 50_000;

    private final Disk disk;
    private final Lifetime lifetime;
    private final SimRandom random;
    private final Map<CommitMoment, Runnable> awaited = new EnumMap<>(CommitMoment.class);
    private List<Write<?>> waiting = new ArrayList<>();
    private List<Write<?>> underWay = List.of();

    CommitPipe(Disk disk, Lifetime lifetime, SimRandom random) {
        this.disk = disk;
        this.lifetime = lifetime;
        this.random = random;
    }

    <T> Uni<T> write(Supplier<T> change) {
        return Uni.createFrom()
                .emitter(
                        emitter -> {
                            waiting.add(new Write<T>(change, emitter));
                            begin();
                        });
    }

    private void begin() {
        if (!underWay.isEmpty() || waiting.isEmpty()) {
            return;
        }
        underWay = waiting;
        waiting = new ArrayList<>();
        long duration = disk.slowed(random.nextDelay(COMMIT_NANOS_MIN, COMMIT_NANOS_MEAN));
        lifetime.schedule(Kind.LABOUR, duration, this::commit);
        reach(CommitMoment.UNDER_WAY, duration / 2);
    }

    void atCommit(CommitMoment moment, Runnable action) {
        awaited.put(moment, action);
    }

    /// Takes back what was to be run at any moment.
    void atNoCommit() {
        awaited.clear();
    }

    private void reach(CommitMoment moment, long delayNanos) {
        var action = awaited.remove(moment);
        if (action != null) {
            lifetime.schedule(Kind.LABOUR, delayNanos, action);
        }
    }

    private void commit() {
        var group = underWay;
        var acknowledgements = new ArrayList<Runnable>();
        boolean isFull = disk.isFull();
        group.forEach(write -> acknowledgements.add(isFull ? write.refuse(disk) : write.apply()));
        underWay = List.of();
        reach(CommitMoment.DURABLE, 0);
        lifetime.schedule(
                Kind.LABOUR,
                random.nextDelay(ACKNOWLEDGE_NANOS_MIN, ACKNOWLEDGE_NANOS_MEAN),
                () -> acknowledgements.forEach(Runnable::run));
        begin();
    }

    /// Decides whether the commit under way made it. Answers whether it did.
    boolean crash() {
        boolean survives = !underWay.isEmpty() && !disk.isFull() && random.nextBoolean();
        if (survives) {
            underWay.forEach(Write::apply);
        }
        underWay = List.of();
        waiting = new ArrayList<>();
        return survives;
    }

    private record Write<T>(Supplier<T> change, UniEmitter<? super T> emitter) {

        /// There is no room for it.
        Runnable refuse(Disk disk) {
            return () -> emitter.fail(new DiskFull(disk));
        }

        /// Puts the change on the disk and answers how to say so.
        Runnable apply() {
            try {
                var result = change.get();
                return () -> emitter.complete(result);
            } catch (RuntimeException failure) {
                return () -> emitter.fail(failure);
            }
        }
    }
}
