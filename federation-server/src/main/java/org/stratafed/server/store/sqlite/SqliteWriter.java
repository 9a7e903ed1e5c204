package org.stratafed.server.store.sqlite;

import io.smallrye.mutiny.Uni;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.stratafed.server.store.sql.SqlCounters;
import org.stratafed.server.store.sql.SqlSession;
import org.stratafed.server.store.sql.SqlWork;

/// The one thread that writes to the database, over one long-lived connection.
///
/// What waits is done in order and committed together (group commit): each command in a savepoint,
/// so that one which fails takes back only what it did itself. Nothing is answered before the
/// commit. When that fails, all of its commands have failed, and a new connection is opened.
final class SqliteWriter implements AutoCloseable {

    /// Commands that may wait.
    static final int QUEUE_COMMANDS_MAX = 8_192;

    /// Commands that share a commit, so that the first does not wait for ever.
    static final int COMMIT_COMMANDS_MAX = 256;

    private final CommandQueue queue;
    private final KeptSession session;
    private final SqlCounters counters;
    private final Thread thread;

    SqliteWriter(SessionSource source, SqlCounters counters, Executor completions) {
        queue = new CommandQueue("sqlite-writer", QUEUE_COMMANDS_MAX, completions);
        session = new KeptSession(source);
        this.counters = counters;
        thread = Thread.ofPlatform().name("sqlite-writer").start(this::work);
    }

    <T> Uni<T> submit(SqlWork<T> work) {
        return queue.submit(work);
    }

    private void work() {
        for (var first = queue.take(); first.isPresent(); first = queue.take()) {
            var group = new ArrayList<Command<?>>();
            try {
                commit(first.get(), group);
            } catch (Throwable failure) {
                group.forEach(command -> command.fail(failure));
                session.discard();
            }
            group.forEach(queue::complete);
        }
        session.discard();
    }

    /// Takes in what is waiting meanwhile as well.
    private void commit(Command<?> first, List<Command<?>> group) throws SQLException {
        group.add(first);
        SqlSession connection = session.get();
        run(connection, first);
        for (var next = next(group); next.isPresent(); next = next(group)) {
            group.add(next.get());
            run(connection, next.get());
        }
        connection.commit();
        counters.onCommit();
    }

    private Optional<Command<?>> next(List<Command<?>> group) {
        return group.size() < COMMIT_COMMANDS_MAX ? queue.poll() : Optional.empty();
    }

    /// Some failures (a full disk) make SQLite roll back the whole transaction by itself. Then
    /// there is no savepoint to roll back to, that fails too, and so does the group.
    private void run(SqlSession connection, Command<?> command) throws SQLException {
        counters.onWrite();
        connection.frame("SAVEPOINT command");
        try {
            command.run(connection);
        } catch (Throwable _) {
            connection.frame("ROLLBACK TO command");
        }
        connection.frame("RELEASE command");
    }

    /// Does what is still waiting, then ends.
    @Override
    public void close() {
        queue.close();
        Threads.join(thread);
    }
}
