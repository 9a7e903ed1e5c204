package org.stratafed.server.host.vertx;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.stratafed.api.spi.Compute;

/// Labour on as many threads as the machine has cores.
public final class WorkerCompute implements Compute, AutoCloseable {

    private final EngineLoop loop;
    private final int threads;
    private final ExecutorService workers;

    public WorkerCompute(EngineLoop loop) {
        this(loop, Runtime.getRuntime().availableProcessors());
    }

    WorkerCompute(EngineLoop loop, int threads) {
        this.loop = loop;
        this.threads = threads;
        workers = Executors.newFixedThreadPool(threads, namedThreads());
    }

    private static ThreadFactory namedThreads() {
        return Thread.ofPlatform().daemon().name("strata-compute-", 1).factory();
    }

    @Override
    public <T> Uni<T> run(Supplier<T> work) {
        return Uni.createFrom().emitter(answer -> workers.execute(() -> finish(work, answer)));
    }

    /// An error too is an answer: nobody else would hear of it.
    private <T> void finish(Supplier<T> work, UniEmitter<? super T> answer) {
        try {
            T result = work.get();
            loop.execute(() -> answer.complete(result));
        } catch (RuntimeException | Error failure) {
            loop.execute(() -> answer.fail(failure));
        }
    }

    @Override
    public <T> Uni<List<T>> runAll(List<Supplier<T>> work) {
        if (work.isEmpty()) {
            return run(List::of);
        }
        return Uni.createFrom().emitter(answer -> startAll(new SharedWork<>(work, answer)));
    }

    private <T> void startAll(SharedWork<T> shared) {
        int helpers = Math.min(threads, shared.work.size());
        for (int i = 0; i < helpers; i++) {
            workers.execute(() -> shared.help(loop));
        }
    }

    /// Lets running work end; what has not begun is dropped.
    @Override
    public void close() {
        workers.shutdownNow();
    }

    /// A list of work that several threads take from, each the next item when it has time, so that
    /// the loop is called back once and not for every item.
    private static final class SharedWork<T> {

        private final List<Supplier<T>> work;
        private final UniEmitter<? super List<T>> answer;
        private final Object[] results;
        private final Throwable[] failures;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger unfinished;

        SharedWork(List<Supplier<T>> work, UniEmitter<? super List<T>> answer) {
            this.work = List.copyOf(work);
            this.answer = answer;
            results = new Object[work.size()];
            failures = new Throwable[work.size()];
            unfinished = new AtomicInteger(work.size());
        }

        void help(EngineLoop loop) {
            for (int i = next.getAndIncrement(); i < work.size(); i = next.getAndIncrement()) {
                try {
                    results[i] = work.get(i).get();
                } catch (RuntimeException | Error failure) {
                    failures[i] = failure;
                }
                // Also what makes the other threads' results visible to the last one.
                if (unfinished.decrementAndGet() == 0) {
                    loop.execute(this::answer);
                }
            }
        }

        /// The first failure in the list's order counts, whichever came first in time.
        private void answer() {
            for (Throwable failure : failures) {
                if (failure != null) {
                    answer.fail(failure);
                    return;
                }
            }
            @SuppressWarnings("unchecked")
            var inOrder = (List<T>) List.of(results);
            answer.complete(inOrder);
        }
    }
}
