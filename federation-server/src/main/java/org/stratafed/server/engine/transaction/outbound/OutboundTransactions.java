package org.stratafed.server.engine.transaction.outbound;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.layer.transport.TransportLayer;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.HomeserverEnvironment;

/// Everything that is on its way to other servers.
public final class OutboundTransactions {

    /// Destinations beyond these are forgotten while there is nothing for them. Those that are
    /// waited for are all kept: they are as many as the outbox has.
    static final int DESTINATIONS_KEPT_MAX = 10_000;

    /// After a start, this many destinations are woken at once, and then some more after a pause.
    static final int WOKEN_AT_ONCE_MAX = 10;

    static final Duration WAKING_PAUSE = Duration.ofMillis(100);

    private final HomeserverEnvironment environment;
    private final ServerName local;
    private final TransportLayer transport;
    private final Sealing sealing;
    private final SendingSlots slots = new SendingSlots();
    private final SequencedMap<ServerName, DestinationDriver> drivers = new LinkedHashMap<>();

    public OutboundTransactions(
            HomeserverEnvironment environment, ServerName local, TransportLayer transport) {
        this.environment = environment;
        this.local = local;
        this.transport = transport;
        this.sealing =
                new Sealing(
                        environment.stores().outbox(), environment.clock(), environment.random());
    }

    /// Takes up what an earlier run of this server left, gently. Completes when it is known what
    /// that is.
    public Uni<Void> start() {
        var started =
                environment
                        .stores()
                        .outbox()
                        .pendingDestinations()
                        .invoke(this::wakeGently)
                        .replaceWithVoid()
                        .memoize()
                        .indefinitely();
        started.subscribe()
                .with(_ -> {}, defect -> environment.telemetry().defect("start", defect));
        return started;
    }

    /// There may be something new for these. This server itself is no destination.
    public void wake(SequencedSet<ServerName> destinations) {
        destinations.forEach(this::wake);
    }

    /// The server made a request of its own.
    public void onSignOfLife(ServerName server) {
        var driver = drivers.get(server);
        if (driver != null) {
            driver.onSignOfLife();
        }
    }

    private void wake(ServerName destination) {
        if (!destination.equals(local)) {
            driver(destination).wake();
        }
    }

    private DestinationDriver driver(ServerName destination) {
        var known = drivers.get(destination);
        if (known != null) {
            return known;
        }
        if (drivers.size() >= DESTINATIONS_KEPT_MAX) {
            drivers.values().removeIf(DestinationDriver::isResting);
        }
        var driver =
                new DestinationDriver(environment, local, transport, sealing, slots, destination);
        drivers.put(destination, driver);
        return driver;
    }

    private void wakeGently(List<ServerName> destinations) {
        int count = Math.min(destinations.size(), WOKEN_AT_ONCE_MAX);
        destinations.subList(0, count).forEach(this::wake);
        if (count < destinations.size()) {
            var rest = List.copyOf(destinations.subList(count, destinations.size()));
            environment
                    .timers()
                    .after(WAKING_PAUSE)
                    .subscribe()
                    .with(
                            _ -> wakeGently(rest),
                            defect -> environment.telemetry().defect("start", defect));
        }
    }
}
