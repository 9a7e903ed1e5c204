package org.stratafed.server.engine.transport;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Supplier;
import org.stratafed.api.spi.Compute;
import org.stratafed.server.engine.transaction.ManualLoop;

/// Does labour when the loop comes to it.
public final class LoopCompute implements Compute {

    private final ManualLoop loop;

    public LoopCompute(ManualLoop loop) {
        this.loop = loop;
    }

    @Override
    public <T> Uni<T> run(Supplier<T> work) {
        return loop.later(work);
    }

    @Override
    public <T> Uni<List<T>> runAll(List<Supplier<T>> work) {
        return loop.later(() -> work.stream().map(Supplier::get).toList());
    }
}
