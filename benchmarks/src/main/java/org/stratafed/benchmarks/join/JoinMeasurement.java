package org.stratafed.benchmarks.join;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.stratafed.api.layer.messaging.MessagingHandler;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.NameResolver;
import org.stratafed.server.crypto.StrictSignatures;
import org.stratafed.server.engine.Homeserver;
import org.stratafed.server.engine.HomeserverSettings;
import org.stratafed.server.host.vertx.EngineLoop;
import org.stratafed.server.host.vertx.LoggingTelemetry;
import org.stratafed.server.host.vertx.VertxTimers;
import org.stratafed.server.host.vertx.WorkerCompute;
import org.stratafed.server.store.sqlite.SqliteDatabase;

/// One join of a large room by a whole homeserver with an empty database, and what it costs. Only
/// the network isn't real, and all keys are known.
final class JoinMeasurement implements AutoCloseable {

    private static final Duration JOIN_MAX = Duration.ofMinutes(10);
    private static final ServerName LOCAL = new ServerName("local");
    private static final UserId USER = new UserId("@newcomer:local");

    private final Path directory;
    private final Vertx vertx = Vertx.vertx();
    private final EngineLoop loop = new EngineLoop(vertx);
    private final WorkerCompute compute = new WorkerCompute(loop);
    private final SqliteDatabase database;
    private final Homeserver server;

    /// @param time from the request of the user to the answer
    /// @param heapBytes what the heap had more than before, at most, after a collection
    /// @param members how many the room has afterwards
    record Outcome(Spent time, long heapBytes, long databaseBytes, int members) {}

    JoinMeasurement(byte[] template, byte[] answer, LargeRoom keys, StrictSignatures signatures)
            throws IOException {
        directory = Files.createTempDirectory("strata-join");
        database = SqliteDatabase.open(directory.resolve("strata.db"), LOCAL, loop);
        for (int i = 0; i < keys.servers(); i++) {
            var name = LargeRoom.server(i);
            database.stores().keys().save(name, List.of(keys.key(name))).await().atMost(JOIN_MAX);
        }
        database.stores().directory().addUser(USER).await().atMost(JOIN_MAX);
        NameResolver names = _ -> Uni.createFrom().item(List.of("127.0.0.1"));
        var environment =
                new HomeserverEnvironment(
                        new ResidentWire(loop, template, answer),
                        names,
                        new VertxTimers(loop),
                        compute,
                        signatures,
                        new LoggingTelemetry(Clock.systemUTC()),
                        Clock.systemUTC(),
                        new Random(1),
                        database.stores());
        server =
                new Homeserver(
                        environment,
                        new HomeserverSettings(
                                LOCAL,
                                new SigningKey(
                                        new KeyId("ed25519:local"),
                                        new byte[SigningKey.SEED_BYTES]),
                                List.of(),
                                new RoomVersion("11"),
                                true),
                        MessagingHandler.none());
    }

    static UserId user() {
        return USER;
    }

    Outcome run() throws IOException {
        try (var heap = new HeapWatch()) {
            var start = Spent.untilNow();
            loop.call(
                            () ->
                                    server.messaging()
                                            .memberships()
                                            .join(
                                                    LargeRoom.ROOM,
                                                    USER,
                                                    List.of(LargeRoom.RESIDENT),
                                                    Optional.empty()))
                    .await()
                    .atMost(JOIN_MAX);
            var time = Spent.untilNow().minus(start);
            return new Outcome(time, heap.most(), databaseBytes(), members());
        }
    }

    private int members() {
        return database.stores()
                .rooms()
                .snapshot(LargeRoom.ROOM)
                .chain(
                        tip ->
                                database.stores()
                                        .rooms()
                                        .state(LargeRoom.ROOM, tip.orElseThrow().current()))
                .await()
                .atMost(JOIN_MAX)
                .size();
    }

    private long databaseBytes() throws IOException {
        try (var files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Override
    public void close() throws IOException {
        compute.close();
        database.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
