package org.stratafed.server.store.sqlite;

import io.smallrye.mutiny.Uni;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.stratafed.server.store.sql.SqlCounters;
import org.stratafed.server.store.sql.SqlSession;
import org.stratafed.server.store.sql.SqlWork;

/// The threads that read from the database beside the writer, each over one long-lived read-only
/// connection. A piece of work sees one state of the database from beginning to end.
final class SqliteReaders implements AutoCloseable {

    /// Reads that may wait.
    static final int QUEUE_COMMANDS_MAX = 8_192;

    private final CommandQueue queue;
    private final SessionSource source;
    private final SqlCounters counters;
    private final List<Thread> threads;

    SqliteReaders(int count, SessionSource source, SqlCounters counters, Executor completions) {
        queue = new CommandQueue("sqlite-reader", QUEUE_COMMANDS_MAX, completions);
        this.source = source;
        this.counters = counters;
        threads =
                IntStream.range(0, count)
                        .mapToObj(i -> Thread.ofPlatform().name("sqlite-reader-" + i))
                        .map(thread -> thread.start(this::work))
                        .toList();
    }

    <T> Uni<T> submit(SqlWork<T> work) {
        return queue.submit(work);
    }

    private void work() {
        var session = new KeptSession(source);
        for (var next = queue.take(); next.isPresent(); next = queue.take()) {
            Command<?> command = next.get();
            try {
                run(session.get(), command);
            } catch (Throwable failure) {
                command.fail(failure);
                session.discard();
            }
            queue.complete(command);
        }
        session.discard();
    }

    /// Nothing is written, so ending the transaction is all the same in either way.
    private void run(SqlSession connection, Command<?> command) throws SQLException {
        counters.onRead();
        try {
            command.run(connection);
        } catch (Throwable _) {
            // The command keeps its failure.
        }
        connection.rollback();
    }

    /// Does what is still waiting, then ends.
    @Override
    public void close() {
        queue.close();
        threads.forEach(Threads::join);
    }
}
