package org.stratafed.server.engine;

import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.stratafed.api.layer.messaging.MessagingHandler;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StateReset;
import org.stratafed.api.spi.Compute;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.Route;
import org.stratafed.api.spi.Telemetry;
import org.stratafed.api.spi.Timers;
import org.stratafed.api.spi.Wire;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.server.crypto.SignatureProviders;
import org.stratafed.server.store.sql.SqlSessions;
import org.stratafed.server.store.sqlite.SqliteDatabase;

/// A whole homeserver over a real database and real signatures, with a wire that hands requests to
/// the other servers of the test by their port.
public final class TestServer implements Wire, Compute, Timers, Telemetry, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ScheduledExecutorService loop;
    private final Map<Integer, TestServer> servers;
    private final SqliteDatabase database;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final List<String> defects = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean closed;
    public final ServerName name;
    final Homeserver homeserver;

    public TestServer(
            int port,
            Path directory,
            ScheduledExecutorService loop,
            Map<Integer, TestServer> servers) {
        this.loop = loop;
        this.servers = servers;
        name = new ServerName("server.test:" + port);
        database = SqliteDatabase.open(directory.resolve(port + ".db"), name, loop);
        homeserver =
                new Homeserver(
                        new HomeserverEnvironment(
                                this,
                                _ -> later(() -> List.of("127.0.0.1")),
                                this,
                                this,
                                SignatureProviders.fastest(),
                                this,
                                InstantSource.system(),
                                RandomGenerator.of("L64X128MixRandom"),
                                database.stores()),
                        new HomeserverSettings(
                                name,
                                new SigningKey(new KeyId("ed25519:1"), seed(port)),
                                List.of(),
                                RoomVersionRules.recommended().version(),
                                true),
                        MessagingHandler.none());
        servers.put(port, this);
        loop.execute(homeserver::start);
    }

    private static byte[] seed(int port) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(new byte[] {(byte) port});
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public MessagingLayer messaging() {
        return homeserver.messaging();
    }

    public SqlSessions sessions() {
        return database.sessions();
    }

    UserId register(String localpart) {
        var user = new UserId("@" + localpart + ":" + name);
        get(() -> messaging().profiles().register(user));
        return user;
    }

    public List<String> defects() {
        return defects;
    }

    List<String> log() {
        return log;
    }

    public <T> T get(Supplier<Uni<T>> call) {
        var answer = new CompletableFuture<T>();
        loop.execute(
                () -> call.get().subscribe().with(answer::complete, answer::completeExceptionally));
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("no answer; " + defects + log, e);
        }
    }

    private <T> Uni<T> later(Supplier<T> work) {
        return Uni.createFrom()
                .emitter(
                        emitter ->
                                loop.execute(
                                        () -> {
                                            try {
                                                emitter.complete(work.get());
                                            } catch (RuntimeException e) {
                                                emitter.fail(e);
                                            }
                                        }));
    }

    @Override
    public Uni<WireResponse> send(Route route, WireRequest request, Duration timeout) {
        var to = servers.get(route.port());
        return to == null
                ? later(
                        () -> {
                            throw new RemoteFailure.Unreachable("nobody at " + route);
                        })
                : later(() -> to).chain(it -> it.homeserver.wireHandler().onRequest(request));
    }

    @Override
    public <T> Uni<T> run(Supplier<T> work) {
        return later(work);
    }

    @Override
    public <T> Uni<List<T>> runAll(List<Supplier<T>> work) {
        return later(() -> work.stream().map(Supplier::get).toList());
    }

    @Override
    public Uni<Void> after(Duration delay) {
        return Uni.createFrom()
                .emitter(
                        emitter -> {
                            var task =
                                    loop.schedule(
                                            () -> emitter.complete(null),
                                            delay.toMillis(),
                                            TimeUnit.MILLISECONDS);
                            emitter.onTermination(() -> task.cancel(false));
                        });
    }

    @Override
    public void refused(
            ServerName origin, Optional<RoomId> room, Optional<EventId> event, Refusal refusal) {
        log.add(origin + " " + event + " " + refusal);
    }

    @Override
    public void peer(ServerName server, String what) {
        log.add(server + " " + what);
    }

    @Override
    public void stateReset(StateReset reset) {}

    @Override
    public void progress(String what) {
        throw new AssertionError("nothing here takes long: " + what);
    }

    @Override
    public void defect(String where, Throwable cause) {
        // Work under way when its database goes fails: nothing is wrong with it.
        if (!closed) {
            defects.add(where + ": " + cause + " " + List.of(cause.getStackTrace()));
        }
    }

    @Override
    public void close() {
        closed = true;
        database.close();
    }
}
