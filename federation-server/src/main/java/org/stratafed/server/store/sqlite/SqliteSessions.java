package org.stratafed.server.store.sqlite;

import io.smallrye.mutiny.Uni;
import org.stratafed.server.store.sql.SqlSessions;
import org.stratafed.server.store.sql.SqlWork;

/// One writer, and readers beside it, as SQLite's write-ahead log allows.
final class SqliteSessions implements SqlSessions {

    private final SqliteWriter writer;
    private final SqliteReaders readers;

    SqliteSessions(SqliteWriter writer, SqliteReaders readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public <T> Uni<T> read(SqlWork<T> work) {
        return readers.submit(work);
    }

    @Override
    public <T> Uni<T> write(SqlWork<T> work) {
        return writer.submit(work);
    }
}
