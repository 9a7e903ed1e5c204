package org.stratafed.server.host.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerComputeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final EngineLoop loop = new EngineLoop(vertx);
    private final WorkerCompute compute = new WorkerCompute(loop, 2);

    @AfterEach
    void close() {
        compute.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void resultsComeInTheOrderOfTheWorkWhicheverEndsFirst() {
        var second = new CountDownLatch(1);
        Supplier<Integer> waitsForTheSecond =
                () -> {
                    try {
                        second.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return 1;
                };
        Supplier<Integer> isFirst =
                () -> {
                    second.countDown();
                    return 2;
                };

        var results = compute.runAll(List.of(waitsForTheSecond, isFirst)).await().atMost(PATIENCE);

        assertThat(results).containsExactly(1, 2);
    }

    @Test
    void moreWorkThanThreadsIsAllDone() {
        var numbers = IntStream.range(0, 1000).boxed().toList();
        List<Supplier<Integer>> work =
                numbers.stream().map(number -> (Supplier<Integer>) () -> number).toList();

        assertThat(compute.runAll(work).await().atMost(PATIENCE)).isEqualTo(numbers);
    }

    @Test
    void noWorkIsAnEmptyAnswer() {
        List<Supplier<Integer>> nothing = List.of();

        assertThat(compute.runAll(nothing).await().atMost(PATIENCE)).isEmpty();
    }

    @Test
    void theFirstFailureInTheOrderOfTheWorkIsTheAnswer() {
        List<Supplier<Integer>> work =
                List.of(
                        () -> 1,
                        () -> {
                            throw new IllegalStateException("second");
                        },
                        () -> {
                            throw new IllegalStateException("third");
                        });

        assertThat(catchThrowable(() -> compute.runAll(work).await().atMost(PATIENCE)))
                .hasMessage("second");
    }

    @Test
    void answersArriveOnTheLoop() {
        var onLoop = loop.call(() -> compute.run(() -> 1)).map(_ -> Thread.currentThread());
        var loopThread =
                loop.call(() -> io.smallrye.mutiny.Uni.createFrom().item(Thread.currentThread()));

        assertThat(onLoop.await().atMost(PATIENCE)).isEqualTo(loopThread.await().atMost(PATIENCE));
    }
}
