package org.stratafed.server.client.routing;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// The way to the engine and back: calls are made on its loop, which decides and doesn't labour,
/// so that what is made of their answers is made elsewhere.
public final class EngineCalls {

    private final Executor loop;
    private final Executor workers;

    public EngineCalls(Executor loop, Executor workers) {
        this.loop = loop;
        this.workers = workers;
    }

    public <T> Uni<T> call(Supplier<Uni<? extends T>> call) {
        return Uni.createFrom().<T>deferred(call).runSubscriptionOn(loop).emitOn(workers);
    }
}
