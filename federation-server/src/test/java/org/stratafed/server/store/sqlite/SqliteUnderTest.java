package org.stratafed.server.store.sqlite;

import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.contract.StoresUnderTest;

/// SQLite stores with a loop of one thread.
final class SqliteUnderTest implements StoresUnderTest {

    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private final Path file;
    private final ExecutorService loop =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("loop").factory());
    private SqliteDatabase database;

    SqliteUnderTest(Path folder) {
        file = folder.resolve("strata.db");
        database = SqliteDatabase.open(file, LOCAL, loop);
    }

    SqliteDatabase database() {
        return database;
    }

    @Override
    public Stores stores() {
        return database.stores();
    }

    @Override
    public <T> T await(Uni<T> answer) {
        try {
            return answer.subscribeAsCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(ANSWER_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failure) {
            throw new AssertionError(failure.getCause());
        }
    }

    @Override
    public void restart() {
        database.close();
        database = SqliteDatabase.open(file, LOCAL, loop);
    }

    @Override
    public void close() {
        database.close();
        loop.shutdown();
    }
}
