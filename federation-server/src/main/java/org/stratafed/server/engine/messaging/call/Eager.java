package org.stratafed.server.engine.messaging.call;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/// A call of this layer: begun when it is made, done once, whoever waits for the answer. Somebody
/// who no longer waits cancels nothing.
public final class Eager {

    private Eager() {}

    public static <T> Uni<T> call(Supplier<Uni<? extends T>> work) {
        Uni<T> call = Uni.createFrom().<T>deferred(work).memoize().indefinitely();
        call.subscribe().with(_ -> {}, _ -> {});
        return call;
    }
}
