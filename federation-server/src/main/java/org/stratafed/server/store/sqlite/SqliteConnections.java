package org.stratafed.server.store.sqlite;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteDataSource;

/// How connections to the database file are opened.
///
/// A commit is on the disk when it returns (`synchronous=FULL` with a write-ahead log). Foreign
/// keys are off: there is one writer, which makes up the numbers that rows refer to each other by.
final class SqliteConnections {

    /// How long a reader may wait for its connection.
    static final Duration ACQUISITION_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);
    private static final int WRITER_CACHE_KIBIBYTES = 16_384;
    private static final int READER_CACHE_KIBIBYTES = 4_096;

    /// Of a new database. Events are of a kilobyte or less, and so more of them fill a page; but
    /// each change writes whole pages to the log.
    private static final int PAGE_BYTES = 8_192;

    /// What the log is cut back to when it has grown larger.
    private static final int LOG_BYTES_MAX = 64 << 20;

    private SqliteConnections() {}

    /// Makes the database, if there is none. The size of its pages is settled from the first one
    /// on, and so before it gets a log.
    static void create(Path database) throws SQLException {
        if (Files.exists(database)) {
            return;
        }
        var config = new SQLiteConfig();
        config.setPageSize(PAGE_BYTES);
        var source = new SQLiteDataSource(config);
        source.setUrl(url(database));
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("VACUUM");
        }
    }

    static SQLiteDataSource writing(Path database) {
        SQLiteConfig config = config(WRITER_CACHE_KIBIBYTES);
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setJournalSizeLimit(LOG_BYTES_MAX);
        var source = new SQLiteDataSource(config);
        source.setUrl(url(database));
        return source;
    }

    /// A pool of as many as there are readers. Each keeps its connection until something is wrong
    /// with it, so one that is given back is closed.
    static AgroalDataSource reading(Path database, int connections) throws SQLException {
        SQLiteConfig config = config(READER_CACHE_KIBIBYTES);
        config.setReadOnly(true);
        var supplier = new AgroalDataSourceConfigurationSupplier();
        supplier.connectionPoolConfiguration()
                .maxSize(connections)
                .acquisitionTimeout(ACQUISITION_TIMEOUT)
                .flushOnClose(true)
                .connectionFactoryConfiguration(
                        factory -> {
                            factory.jdbcUrl(url(database));
                            config.toProperties()
                                    .forEach(
                                            (name, value) ->
                                                    factory.jdbcProperty(
                                                            name.toString(), value.toString()));
                            return factory;
                        });
        return AgroalDataSource.from(supplier);
    }

    private static SQLiteConfig config(int cacheKibibytes) {
        var config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(BUSY_TIMEOUT.toMillis()));
        config.setCacheSize(-cacheKibibytes);
        config.setTempStore(TempStore.MEMORY);
        config.enforceForeignKeys(false);
        // Otherwise each insert is followed by a query for them.
        config.setGetGeneratedKeys(false);
        return config;
    }

    private static String url(Path database) {
        return "jdbc:sqlite:" + database.toAbsolutePath();
    }
}
