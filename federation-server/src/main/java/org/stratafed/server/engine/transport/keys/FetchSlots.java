package org.stratafed.server.engine.transport.keys;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.stratafed.api.model.error.RemoteFailure;

/// How many fetches there are at a time; the others wait their turn. The state of a large room
/// wants the keys of ten thousand servers at once, a good part of which are gone.
final class FetchSlots {

    private static final int FETCHES_MAX = 200;
    private static final int WAITING_MAX = 50_000;

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    /// The outcome of the work, which begins when there is a slot. Fails with
    /// [RemoteFailure.Unreachable] when too much waits already.
    <T> Uni<T> run(Supplier<Uni<T>> work) {
        return Uni.createFrom().emitter(outcome -> take(work, outcome));
    }

    private <T> void take(Supplier<Uni<T>> work, UniEmitter<? super T> outcome) {
        if (underWay < FETCHES_MAX) {
            begin(work, outcome);
        } else if (waiting.size() < WAITING_MAX) {
            waiting.add(() -> begin(work, outcome));
        } else {
            outcome.fail(new RemoteFailure.Unreachable("too many fetches are under way"));
        }
    }

    private <T> void begin(Supplier<Uni<T>> work, UniEmitter<? super T> outcome) {
        underWay++;
        Uni.createFrom()
                .deferred(() -> work.get())
                .onTermination()
                .invoke(this::end)
                .subscribe()
                .with(outcome::complete, outcome::fail);
    }

    private void end() {
        underWay--;
        if (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }
}
