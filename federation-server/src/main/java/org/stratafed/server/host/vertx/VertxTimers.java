package org.stratafed.server.host.vertx;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import org.stratafed.api.spi.Timers;

/// Waiting by Vert.x timers.
public final class VertxTimers implements Timers {

    private final EngineLoop loop;

    public VertxTimers(EngineLoop loop) {
        this.loop = loop;
    }

    @Override
    public Uni<Void> after(Duration delay) {
        return Uni.createFrom().emitter(answer -> start(delay, answer));
    }

    /// Vert.x counts in milliseconds, from one on. A timer fires on the loop it was set on, which
    /// need not be the engine's.
    private void start(Duration delay, UniEmitter<? super Void> answer) {
        long delayMs = Math.max(1, delay.toMillis());
        long timer = loop.vertx().setTimer(delayMs, _ -> loop.execute(() -> answer.complete(null)));
        answer.onTermination(() -> loop.vertx().cancelTimer(timer));
    }
}
