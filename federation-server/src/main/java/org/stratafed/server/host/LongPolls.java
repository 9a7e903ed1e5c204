package org.stratafed.server.host;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Clients that wait for something to happen. When the server stops they are answered with what
/// there is.
@Singleton
public final class LongPolls {

    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

    /// @param answer comes when there is something to say, or when the client's patience ends
    /// @param now the answer as it would be without waiting
    public <T> Uni<T> answer(Uni<T> answer, Supplier<Uni<T>> now) {
        return Uni.createFrom()
                .emitter(
                        emitter -> {
                            Runnable end =
                                    () ->
                                            now.get()
                                                    .subscribe()
                                                    .with(emitter::complete, emitter::fail);
                            waiting.add(end);
                            answer.onTermination()
                                    .invoke(() -> waiting.remove(end))
                                    .subscribe()
                                    .with(emitter::complete, emitter::fail);
                        });
    }

    public void end() {
        waiting.forEach(Runnable::run);
    }
}
