package org.stratafed.simulator.store;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.simulator.loop.Lifetime;
import org.stratafed.simulator.loop.SimRandom;

/// A disk as one incarnation of a virtual server uses it: every read and every write takes time.
public final class SimStore {

    private static final long READ_NANOS_MIN = 20_000;
    private static final long READ_NANOS_MEAN = 150_000;

    private final Disk disk;
    private final Lifetime lifetime;
    private final SimRandom random;
    private final StoreListener listener;
    private final CommitPipe pipe;

    public SimStore(Disk disk, Lifetime lifetime, SimRandom random, StoreListener listener) {
        this.disk = disk;
        this.lifetime = lifetime;
        this.random = random;
        this.listener = listener;
        this.pipe = new CommitPipe(disk, lifetime, random);
    }

    /// The ports over this disk.
    public Stores stores() {
        return new Stores(
                new SimRoomStore(this),
                new SimTimelineStore(this),
                new SimOutboxStore(this),
                new SimInboxStore(this),
                new SimKeyStore(this),
                new SimDirectoryStore(this),
                new SimRoomHealthStore(this),
                new SimVerdictStore(this),
                new SimJoinStore(this));
    }

    /// Leaves on the disk what a crash at this moment leaves there.
    public void crash() {
        lifetime.end();
        pipe.crash();
    }

    /// Runs an action when the next commit is at such a moment.
    public void atCommit(CommitMoment moment, Runnable action) {
        pipe.atCommit(moment, action);
    }

    /// Takes back what was to be run at any moment.
    public void atNoCommit() {
        pipe.atNoCommit();
    }

    Disk disk() {
        return disk;
    }

    StoreListener listener() {
        return listener;
    }

    /// Sees everything that is durable when it is done, like a read-only connection.
    <T> Uni<T> read(Supplier<T> question) {
        return lifetime.later(
                () -> disk.slowed(random.nextDelay(READ_NANOS_MIN, READ_NANOS_MEAN)), question);
    }

    <T> Uni<T> write(Supplier<T> change) {
        return pipe.write(change);
    }

    Uni<Void> write(String what, Runnable change) {
        return pipe.<Boolean>write(
                        () -> {
                            change.run();
                            listener.onWrite(disk, what);
                            return true;
                        })
                .replaceWithVoid();
    }
}
