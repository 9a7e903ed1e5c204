package org.stratafed.server.engine.messaging;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.spi.Timers;

/// Time that passes when a test says so. To be used on the loop only.
final class HandTurnedClock implements Timers, InstantSource {

    private final List<Alarm> alarms = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private record Alarm(Instant due, UniEmitter<? super Void> emitter) {}

    @Override
    public Uni<Void> after(Duration delay) {
        return Uni.createFrom().emitter(emitter -> alarms.add(new Alarm(now.plus(delay), emitter)));
    }

    @Override
    public Instant instant() {
        return now;
    }

    Uni<Void> turn(Duration duration) {
        now = now.plus(duration);
        var due = alarms.stream().filter(it -> !it.due().isAfter(now)).toList();
        alarms.removeAll(due);
        due.forEach(it -> it.emitter().complete(null));
        return Uni.createFrom().voidItem();
    }
}
