package org.stratafed.server.host.vertx;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// The one event loop that all engine code of a homeserver runs on. As an executor it runs what it
/// is given later, in the order given, from whatever thread.
public final class EngineLoop implements Executor {

    private final Vertx vertx;
    private final Context context;

    /// Takes one of the event loops; not to be called from one of them.
    public EngineLoop(Vertx vertx) {
        this.vertx = vertx;
        context = vertx.getOrCreateContext();
        if (!context.isEventLoopContext()) {
            throw new IllegalStateException("made on a worker thread");
        }
    }

    Vertx vertx() {
        return vertx;
    }

    @Override
    public void execute(Runnable command) {
        context.runOnContext(_ -> command.run());
    }

    /// Makes a call of the engine from outside: the call is made on the loop, once for each
    /// subscription, and the answer arrives on the loop.
    public <T> Uni<T> call(Supplier<Uni<T>> call) {
        return Uni.createFrom().emitter(answer -> execute(() -> make(call, answer)));
    }

    private static <T> void make(Supplier<Uni<T>> call, UniEmitter<? super T> answer) {
        Uni<T> made;
        try {
            made = call.get();
        } catch (RuntimeException defect) {
            answer.fail(defect);
            return;
        }
        made.subscribe().with(answer::complete, answer::fail);
    }
}
