package org.stratafed.server.engine.transport;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.SplittableRandom;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.Signatures;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.server.crypto.SignatureProviders;
import org.stratafed.server.engine.transaction.ManualLoop;
import org.stratafed.server.engine.transaction.RecordingTelemetry;

/// What the transport layer sees of the world.
public final class TransportWorld {

    public final ManualLoop loop = new ManualLoop();
    public final ScriptedWire wire = new ScriptedWire(loop);
    public final ScriptedNames names = new ScriptedNames(loop);
    public final MemoryKeys keys = new MemoryKeys(loop);
    public final LoopCompute compute = new LoopCompute(loop);
    public final Signatures signatures = SignatureProviders.pureJava();
    public final RecordingTelemetry telemetry = new RecordingTelemetry();

    public HomeserverEnvironment environment() {
        var stores = new Stores(null, null, null, null, keys, null, null, null, null);
        return new HomeserverEnvironment(
                wire,
                names,
                loop,
                compute,
                signatures,
                telemetry,
                loop,
                new SplittableRandom(1),
                stores);
    }

    /// What becomes of it, now that the loop runs until nothing is due.
    public <T> T outcome(Uni<T> work) {
        var outcome = new Outcome<T>();
        work.subscribe().with(outcome::complete, outcome::fail);
        loop.run();
        return outcome.value();
    }

    /// What it fails with, likewise.
    public Throwable failure(Uni<?> work) {
        var outcome = new Outcome<Object>();
        work.subscribe().with(outcome::complete, outcome::fail);
        loop.run();
        return outcome.failure();
    }

    private static final class Outcome<T> {

        private boolean isDone;
        private Optional<T> value = Optional.empty();
        private Optional<Throwable> failure = Optional.empty();

        void complete(T item) {
            isDone = true;
            value = Optional.ofNullable(item);
        }

        void fail(Throwable why) {
            isDone = true;
            failure = Optional.of(why);
        }

        T value() {
            failure.ifPresent(
                    why -> {
                        throw new AssertionError("it failed", why);
                    });
            return value.orElseThrow(() -> new AssertionError(isDone ? "no item" : "not done"));
        }

        Throwable failure() {
            return failure.orElseThrow(() -> new AssertionError("it didn't fail: " + value));
        }
    }
}
