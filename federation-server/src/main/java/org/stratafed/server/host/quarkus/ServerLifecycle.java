package org.stratafed.server.host.quarkus;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.stratafed.server.engine.Homeserver;
import org.stratafed.server.host.LongPolls;
import org.stratafed.server.host.quarkus.HostSettings.Listen;
import org.stratafed.server.host.vertx.DnsNameResolver;
import org.stratafed.server.host.vertx.EngineLoop;
import org.stratafed.server.host.vertx.VertxWire;
import org.stratafed.server.host.vertx.WorkerCompute;
import org.stratafed.server.store.sqlite.SqliteDatabase;

/// What happens at the start and at the end of the process, in which order. The database is open
/// and up to date before any port answers.
@Singleton
public final class ServerLifecycle {

    private static final Logger LOG = System.getLogger("org.stratafed");
    private static final Duration DRAINING_MAX = Duration.ofSeconds(5);
    private static final int BEFORE_ALL_OTHERS = 1;

    private final Parts parts;
    private boolean isOpen;

    ServerLifecycle(Parts parts) {
        this.parts = parts;
    }

    /// What the server is made of. Nothing is made before it is asked for.
    @Singleton
    record Parts(
            Instance<HostSettings> settings,
            Instance<SqliteDatabase> database,
            Instance<Homeserver> homeserver,
            Instance<FederationListener> federation,
            Instance<ClientListener> clients,
            Instance<LongPolls> waits,
            Instance<EngineLoop> loop,
            Instance<VertxWire> wire,
            Instance<WorkerCompute> compute,
            Instance<DnsNameResolver> names,
            Instance<RequestsUnderWay> requests) {}

    void onStart(@Observes @Priority(BEFORE_ALL_OTHERS) StartupEvent event) {
        HostSettings settings = parts.settings.get();
        if (ClientListener.isOurs()) {
            requireFree("client", settings.client());
        }
        requireFree("federation", settings.federation());
        parts.database.get();
        isOpen = true;
        Homeserver homeserver = parts.homeserver.get();
        parts.loop.get().execute(homeserver::start);
        parts.federation.get().open();
        parts.clients.get().open();
        LOG.log(
                Level.INFO,
                "{0} federates at {1} and serves clients at {2}; its database is {3}, new rooms"
                        + " have version {4}",
                settings.serverName(),
                settings.federation(),
                settings.client(),
                settings.databaseFile(),
                settings.defaultRoomVersion());
    }

    private static void requireFree(String what, Listen listen) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(
                    new InetSocketAddress(InetAddress.getByName(listen.address()), listen.port()));
        } catch (IOException failure) {
            throw WrongSettingException.cannotListen(what, listen, failure.getMessage());
        }
    }

    /// Lets requests under way end, which those that wait for something do at once, then closes
    /// what they need, last of all the database.
    void onStop(@Observes ShutdownEvent event) {
        if (!isOpen) {
            return;
        }
        parts.waits.get().end();
        parts.requests.get().drain(DRAINING_MAX);
        parts.clients.get().close();
        parts.federation.get().close();
        parts.wire.get().close();
        parts.names.get().close();
        parts.database.get().close();
        parts.compute.get().close();
        LOG.log(Level.INFO, "Stopped");
    }
}
