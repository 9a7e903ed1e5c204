package org.stratafed.server.engine.pdu.room;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/// An answer that is given later, once, to whoever asks for it then or afterwards. Somebody who no
/// longer waits for it cancels nothing.
public final class Promise<T> {

    private final Uni<T> uni;
    private UniEmitter<? super T> emitter;

    public Promise() {
        uni = Uni.createFrom().<T>emitter(e -> emitter = e).memoize().indefinitely();
        // Subscribed at once, so that the emitter is there before the answer can be.
        uni.subscribe().with(_ -> {}, _ -> {});
    }

    public Uni<T> uni() {
        return uni;
    }

    public void complete(T answer) {
        emitter.complete(answer);
    }

    public void fail(Throwable why) {
        emitter.fail(why);
    }

    /// Starts it now, and keeps what it answers.
    public static <T> Uni<T> eager(Uni<T> work) {
        var promise = new Promise<T>();
        work.subscribe().with(promise::complete, promise::fail);
        return promise.uni();
    }
}
