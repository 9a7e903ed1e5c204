package org.stratafed.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.server.store.sql.SqlCounters;
import org.stratafed.server.store.sql.SqlSession;
import org.stratafed.server.store.sql.SqlWork;

/// The writer: what it commits together, what fails with what, and when it answers.
class SqliteWriterTest {

    private static final String ADD = "INSERT INTO t (n) VALUES (?)";

    @TempDir Path folder;

    private final SqlCounters counters = new SqlCounters();
    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final AtomicBoolean commitsFail = new AtomicBoolean();
    private SqliteWriter writer;

    @BeforeEach
    void start() throws SQLException {
        var source = SqliteConnections.writing(folder.resolve("test.db"));
        try (var session = SqlSession.over(source.getConnection(), new SqlCounters())) {
            session.update("CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT");
            session.commit();
        }
        writer =
                new SqliteWriter(
                        () -> SqlSession.over(faulty(source.getConnection()), counters),
                        counters,
                        loop);
    }

    @AfterEach
    void stop() {
        writer.close();
        loop.shutdown();
    }

    @Test
    void whatWaitsIsCommittedTogether() {
        var blocker = new Blocker();
        var first = submit(blocker);
        var others = IntStream.range(0, 200).mapToObj(n -> submit(adding(n))).toList();
        blocker.release();
        first.join();
        others.forEach(CompletableFuture::join);

        assertThat(counters.commits()).isEqualTo(1);
        assertThat(counters.writes()).isEqualTo(201);
        assertThat(numbers()).hasSize(200);
    }

    @Test
    void aGroupHasABound() {
        var blocker = new Blocker();
        submit(blocker);
        var others =
                IntStream.range(0, SqliteWriter.COMMIT_COMMANDS_MAX)
                        .mapToObj(n -> submit(adding(n)))
                        .toList();
        blocker.release();
        others.forEach(CompletableFuture::join);
        assertThat(counters.commits()).isEqualTo(2);
    }

    /// As when the server stops: nobody is left to be answered.
    @Test
    void whatWasHandedOverIsWrittenAlsoWhenTheLoopHasEnded() throws SQLException {
        var blocker = new Blocker();
        submit(blocker);
        int most = SqliteWriter.COMMIT_COMMANDS_MAX;
        IntStream.range(0, most + 1).forEach(n -> submit(adding(n)));
        loop.shutdownNow();
        blocker.release();
        writer.close();

        assertThat(counters.commits()).isEqualTo(2);
        var source = SqliteConnections.writing(folder.resolve("test.db"));
        try (var session = SqlSession.over(source.getConnection(), new SqlCounters())) {
            assertThat(session.list("SELECT n FROM t", row -> row.number(1))).hasSize(most + 1);
        }
    }

    @Test
    void aCommandThatFailsTakesBackOnlyWhatItDidItself() {
        var blocker = new Blocker();
        submit(blocker);
        var before = submit(adding(1));
        var failing =
                submit(
                        session -> {
                            session.update(ADD, 2);
                            throw new IllegalArgumentException("on purpose");
                        });
        var violating =
                submit(
                        session -> {
                            session.update(ADD, 3);
                            return session.update(ADD, 1);
                        });
        var after = submit(adding(4));
        blocker.release();

        before.join();
        after.join();
        assertThatThrownBy(failing::join).hasRootCauseMessage("on purpose");
        assertThatThrownBy(violating::join).hasRootCauseInstanceOf(SQLException.class);
        assertThat(counters.commits()).isEqualTo(1);
        assertThat(numbers()).containsExactly(1L, 4L);
    }

    @Test
    void nothingIsAnsweredBeforeTheCommit() {
        var blocker = new Blocker();
        var first = submit(adding(1));
        first.join();
        long commits = counters.commits();
        var second = submit(adding(2));
        var third = submit(blocker);
        blocker.awaitStart();
        if (counters.commits() == commits) {
            assertThat(second).isNotDone();
        }
        assertThat(third).isNotDone();
        blocker.release();
        second.join();
        third.join();
        assertThat(counters.commits()).isGreaterThan(commits);
    }

    @Test
    void whenTheCommitFailsAllOfTheGroupFailAndNothingIsThere() {
        submit(adding(1)).join();
        commitsFail.set(true);
        var blocker = new Blocker();
        var group = new ArrayList<CompletableFuture<?>>();
        group.add(submit(blocker));
        IntStream.range(2, 6).forEach(n -> group.add(submit(adding(n))));
        blocker.release();

        for (CompletableFuture<?> one : group) {
            assertThatThrownBy(one::join)
                    .isInstanceOf(CompletionException.class)
                    .hasRootCauseMessage("the disk is gone");
        }
        commitsFail.set(false);
        assertThat(numbers()).containsExactly(1L);
        submit(adding(7)).join();
        assertThat(numbers()).containsExactly(1L, 7L);
    }

    @Test
    void answersComeOnTheLoopAndNotInsideTheCall() {
        var thread = new CompletableFuture<String>();
        var isInside = new AtomicBoolean(true);
        var wasInside = new AtomicBoolean();
        loop.execute(
                () -> {
                    writer.submit(adding(1))
                            .subscribe()
                            .with(
                                    _ -> {
                                        wasInside.set(isInside.get());
                                        thread.complete(Thread.currentThread().getName());
                                    });
                    isInside.set(false);
                });
        var loopThread =
                CompletableFuture.supplyAsync(() -> Thread.currentThread().getName(), loop);
        assertThat(thread.join()).isEqualTo(loopThread.join());
        assertThat(wasInside).isFalse();
    }

    @Test
    void commandsBeyondTheBoundFailAndTheOthersDoNot() {
        var blocker = new Blocker();
        submit(blocker);
        blocker.awaitStart();
        var waiting =
                IntStream.range(0, SqliteWriter.QUEUE_COMMANDS_MAX)
                        .mapToObj(n -> submit(adding(n)))
                        .toList();
        var beyond = submit(adding(-1));
        assertThatThrownBy(beyond::join).hasRootCauseInstanceOf(RejectedExecutionException.class);
        blocker.release();
        waiting.forEach(CompletableFuture::join);
        assertThat(numbers()).hasSize(SqliteWriter.QUEUE_COMMANDS_MAX);
    }

    @Test
    void closingDoesWhatIsWaitingAndRefusesWhatComesAfter() {
        var blocker = new Blocker();
        submit(blocker);
        var waiting = IntStream.range(0, 10).mapToObj(n -> submit(adding(n))).toList();
        blocker.release();
        writer.close();
        waiting.forEach(CompletableFuture::join);
        assertThatThrownBy(() -> submit(adding(99)).join())
                .hasRootCauseInstanceOf(RejectedExecutionException.class);
    }

    private static SqlWork<Integer> adding(long n) {
        return session -> session.update(ADD, n);
    }

    private <T> CompletableFuture<T> submit(SqlWork<T> work) {
        return writer.submit(work)
                .subscribeAsCompletionStage()
                .toCompletableFuture()
                .orTimeout(SqliteUnderTest.ANSWER_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    private List<Long> numbers() {
        return submit(session -> session.list("SELECT n FROM t ORDER BY n", row -> row.number(1)))
                .join();
    }

    /// A connection on which, while so set, committing fails.
    private Connection faulty(Connection connection) {
        return (Connection)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (_, method, arguments) -> {
                            if (commitsFail.get() && method.getName().equals("commit")) {
                                throw new SQLException("the disk is gone");
                            }
                            try {
                                return method.invoke(connection, arguments);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        });
    }

    /// A command that keeps the writer busy until it is told to go on.
    private static final class Blocker implements SqlWork<Boolean> {

        private final CountDownLatch started = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public Boolean run(SqlSession session) {
            started.countDown();
            return await(released);
        }

        void awaitStart() {
            await(started);
        }

        void release() {
            released.countDown();
        }

        private static boolean await(CountDownLatch latch) {
            try {
                return latch.await(SqliteUnderTest.ANSWER_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }
}
