package org.stratafed.simulator.loop;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.stratafed.api.spi.Timers;
import org.stratafed.simulator.loop.VirtualTime.Kind;

/// Timers in virtual time. None fires after its incarnation is gone.
public final class SimTimers implements Timers {

    private final Lifetime lifetime;

    public SimTimers(Lifetime lifetime) {
        this.lifetime = lifetime;
    }

    @Override
    public Uni<Void> after(Duration delay) {
        return Uni.createFrom()
                .emitter(
                        emitter -> {
                            var timer =
                                    lifetime.schedule(
                                            Kind.TIMER,
                                            Math.max(0, delay.toNanos()),
                                            () -> emitter.complete(null));
                            emitter.onTermination(timer::cancel);
                        });
    }
}
