package org.stratafed.server.store.sqlite;

import io.agroal.api.AgroalDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.sqlite.SQLiteDataSource;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.server.store.sql.ServerIdentity;
import org.stratafed.server.store.sql.SqlCounters;
import org.stratafed.server.store.sql.SqlDirectoryStore;
import org.stratafed.server.store.sql.SqlInboxStore;
import org.stratafed.server.store.sql.SqlJoinStore;
import org.stratafed.server.store.sql.SqlKeyStore;
import org.stratafed.server.store.sql.SqlOutboxStore;
import org.stratafed.server.store.sql.SqlRoomHealthStore;
import org.stratafed.server.store.sql.SqlRoomStore;
import org.stratafed.server.store.sql.SqlSession;
import org.stratafed.server.store.sql.SqlSessions;
import org.stratafed.server.store.sql.SqlTimelineStore;
import org.stratafed.server.store.sql.SqlVerdictStore;

/// A homeserver's stores in one SQLite database file, for this process alone.
public final class SqliteDatabase implements AutoCloseable {

    /// Threads that read beside the writer, each with a connection.
    private static final int READERS = 3;

    private final DatabaseLock lock;
    private final SQLiteDataSource writing;
    private final AgroalDataSource reading;
    private final SqliteWriter writer;
    private final SqliteReaders readers;
    private final SqlCounters counters = new SqlCounters();
    private final SqlSessions sessions;
    private final Stores stores;

    private SqliteDatabase(
            DatabaseLock lock,
            SQLiteDataSource writing,
            AgroalDataSource reading,
            ServerName local,
            Executor completions) {
        this.lock = lock;
        this.writing = writing;
        this.reading = reading;
        writer =
                new SqliteWriter(
                        () -> SqlSession.over(writing.getConnection(), counters),
                        counters,
                        completions);
        readers =
                new SqliteReaders(
                        READERS,
                        () -> SqlSession.over(reading.getConnection(), counters),
                        counters,
                        completions);
        sessions = new SqliteSessions(writer, readers);
        stores =
                new Stores(
                        new SqlRoomStore(sessions, local),
                        new SqlTimelineStore(sessions),
                        new SqlOutboxStore(sessions),
                        new SqlInboxStore(sessions),
                        new SqlKeyStore(sessions),
                        new SqlDirectoryStore(sessions),
                        new SqlRoomHealthStore(sessions),
                        new SqlVerdictStore(sessions),
                        new SqlJoinStore(sessions));
    }

    /// Opens the database, which is made if there is none: locks it, brings its schema up to date,
    /// and checks that it belongs to this server. Blocks meanwhile.
    ///
    /// @param local the server's name
    /// @param completions the engine loop, on which the stores' `Uni`s complete
    /// @throws DatabaseInUseException if another process uses it
    /// @throws org.stratafed.server.store.sql.ServerIdentity.WrongIdentityException if it belongs
    ///     to another server
    public static SqliteDatabase open(Path file, ServerName local, Executor completions) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            DatabaseLock lock = DatabaseLock.acquire(file);
            try {
                return open(lock, file, local, completions);
            } catch (SQLException | RuntimeException failure) {
                lock.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot open the database " + file, failure);
        } catch (SQLException failure) {
            throw new IllegalStateException("cannot open the database " + file, failure);
        }
    }

    private static SqliteDatabase open(
            DatabaseLock lock, Path file, ServerName local, Executor completions)
            throws SQLException {
        SqliteConnections.create(file);
        SQLiteDataSource writing = SqliteConnections.writing(file);
        Migrations.run(writing);
        try (var session = SqlSession.over(writing.getConnection(), new SqlCounters())) {
            ServerIdentity.confirmName(session, local);
            session.commit();
        }
        AgroalDataSource reading = SqliteConnections.reading(file, READERS);
        return new SqliteDatabase(lock, writing, reading, local, completions);
    }

    /// The ID and the public part of the signing key that the database was used with, if it was.
    /// Blocks.
    public Optional<String> signingKey() {
        try (var session = SqlSession.over(writing.getConnection(), new SqlCounters())) {
            return ServerIdentity.signingKey(session);
        } catch (SQLException failure) {
            throw new IllegalStateException("cannot read which signing key it was", failure);
        }
    }

    /// Remembers the server's signing key at the first start, and checks it from then on. Blocks.
    ///
    /// @throws org.stratafed.server.store.sql.ServerIdentity.WrongIdentityException if it is not
    ///     the key that the database was used with
    public void confirmSigningKey(VerifyKey key) {
        try (var session = SqlSession.over(writing.getConnection(), new SqlCounters())) {
            ServerIdentity.confirmSigningKey(session, key);
            session.commit();
        } catch (SQLException failure) {
            throw new IllegalStateException("cannot check the signing key", failure);
        }
    }

    public Stores stores() {
        return stores;
    }

    /// For stores of other parts of the server in the same database.
    public SqlSessions sessions() {
        return sessions;
    }

    public SqlCounters counters() {
        return counters;
    }

    /// Does what is still waiting, answers it, and lets go of the file. The writer's connection is
    /// the last to go, so that the log is written back to the database.
    @Override
    public void close() {
        readers.close();
        reading.close();
        writer.close();
        try {
            lock.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
