package org.stratafed.benchmarks.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.store.CommitResult;
import org.stratafed.server.store.sqlite.SqliteDatabase;

/// How many bytes of disk a room takes, beside the canonical JSON of its events, and which tables
/// and indexes they are in.
///
/// @param jsonBytes the canonical JSON of all its events
/// @param fileBytes the database file, after its log was written back
/// @param tableBytes the pages of each table and index, largest first
public record DiskUse(long events, long jsonBytes, long fileBytes, Map<String, Long> tableBytes) {

    /// Changes that are handed over before the first of them has been answered.
    private static final int UNDER_WAY_MAX = 500;

    private static final String PAGES =
            "SELECT name, SUM(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC";

    /// Writes a room of so many members and messages to a new database and measures that.
    public static DiskUse of(int members, int messages) throws IOException, SQLException {
        var directory = Files.createTempDirectory("disk-use");
        var file = directory.resolve("strata.db");
        try {
            long jsonBytes;
            try (var database = SqliteDatabase.open(file, StandardRoom.LOCAL, Runnable::run)) {
                jsonBytes = write(database, members, messages);
            }
            return new DiskUse(members + messages, jsonBytes, Files.size(file), pages(file));
        } finally {
            delete(directory);
        }
    }

    private static long write(SqliteDatabase database, int members, int messages) {
        var underWay = new ArrayDeque<CompletableFuture<CommitResult>>();
        var rooms = database.stores().rooms();
        var room =
                new StandardRoom(
                        commit -> {
                            underWay.add(rooms.commit(commit).subscribeAsCompletionStage());
                            if (underWay.size() > UNDER_WAY_MAX) {
                                confirm(underWay.remove().join());
                            }
                        });
        room.joinMembers(members);
        room.talk(messages);
        underWay.forEach(commit -> confirm(commit.join()));
        return room.jsonBytes();
    }

    private static void confirm(CommitResult result) {
        if (!(result instanceof CommitResult.Committed)) {
            throw new IllegalStateException("not committed: " + result);
        }
    }

    private static Map<String, Long> pages(Path file) throws SQLException {
        var pages = new LinkedHashMap<String, Long>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(PAGES)) {
            while (rows.next()) {
                pages.put(rows.getString(1), rows.getLong(2));
            }
        }
        return pages;
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// Bytes of disk for a byte of JSON.
    public double ratio() {
        return (double) fileBytes / jsonBytes;
    }

    JsonObject toJson() {
        var tables = JsonObject.builder();
        tableBytes.forEach(tables::put);
        return JsonObject.builder()
                .put("events", events)
                .put("json_bytes", jsonBytes)
                .put("file_bytes", fileBytes)
                .put("table_bytes", tables.build())
                .build();
    }

    /// The figures, and the tables and indexes that take a hundredth or more.
    String table() {
        var text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%,d events: %,d bytes of JSON, %,d on disk: %.2f times as many%n",
                        events,
                        jsonBytes,
                        fileBytes,
                        ratio()));
        tableBytes.forEach(
                (name, bytes) -> {
                    if (bytes * 100 >= fileBytes) {
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        "  %-40s %8.1f bytes an event%n",
                                        name,
                                        (double) bytes / events));
                    }
                });
        return text.toString();
    }
}
