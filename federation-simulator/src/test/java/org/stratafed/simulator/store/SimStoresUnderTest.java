package org.stratafed.simulator.store;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletionException;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.contract.StoresUnderTest;
import org.stratafed.simulator.loop.Lifetime;
import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.loop.VirtualTime;

/// A virtual disk, with a loop of its own.
public final class SimStoresUnderTest implements StoresUnderTest {

    private final VirtualTime time;
    private final SimRandom random = new SimRandom(1);
    private final Disk disk;
    private final StoreListener listener;
    private SimStore store;

    SimStoresUnderTest() {
        this(StoreListener.none());
    }

    /// @param listener is told of what becomes durable
    public SimStoresUnderTest(StoreListener listener) {
        this(new VirtualTime(Trace.silent()), new Disk(LOCAL), listener);
    }

    /// Over the disk of a server that also runs.
    public SimStoresUnderTest(VirtualTime time, Disk disk) {
        this(time, disk, StoreListener.none());
    }

    private SimStoresUnderTest(VirtualTime time, Disk disk, StoreListener listener) {
        this.time = time;
        this.disk = disk;
        this.listener = listener;
        store = open();
    }

    private SimStore open() {
        return new SimStore(disk, new Lifetime(time), random, listener);
    }

    public Disk disk() {
        return disk;
    }

    @Override
    public Stores stores() {
        return store.stores();
    }

    @Override
    public <T> T await(Uni<T> answer) {
        var future = answer.subscribeAsCompletionStage();
        while (!future.isDone() && time.step()) {
            // Whatever else is under way goes on, too.
        }
        try {
            return future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw failed;
        }
    }

    @Override
    public void restart() {
        store.crash();
        store = open();
    }

    @Override
    public void close() {
        store.crash();
    }
}
