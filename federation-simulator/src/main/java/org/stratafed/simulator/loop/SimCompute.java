package org.stratafed.simulator.loop;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.stratafed.api.spi.Compute;

/// Labour that takes some virtual time. The work is done on the loop at the end of it, so what was
/// given first need not be done first, as over several cores.
public final class SimCompute implements Compute {

    private static final long NANOS_MIN = 20_000;
    private static final long NANOS_MEAN = 200_000;

    private final Lifetime lifetime;
    private final SimRandom random;

    public SimCompute(Lifetime lifetime, SimRandom random) {
        this.lifetime = lifetime;
        this.random = random;
    }

    @Override
    public <T> Uni<T> run(Supplier<T> work) {
        return lifetime.later(this::duration, work);
    }

    @Override
    public <T> Uni<List<T>> runAll(List<Supplier<T>> work) {
        return lifetime.later(
                this::duration,
                () -> {
                    var results = new ArrayList<T>();
                    work.forEach(piece -> results.add(piece.get()));
                    return results;
                });
    }

    private long duration() {
        return random.nextDelay(NANOS_MIN, NANOS_MEAN);
    }
}
