package org.stratafed.simulator.network;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.NameResolver;
import org.stratafed.api.spi.Wire;
import org.stratafed.api.spi.WireHandler;
import org.stratafed.simulator.loop.Lifetime;
import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.loop.VirtualTime;

/// The network between virtual servers. It keeps the weakest contract there is: what is sent may be
/// lost, delayed, overtaken, duplicated or cut off.
public final class SimNetwork {

    private static final long LOOKUP_NANOS_MIN = 100_000;
    private static final long LOOKUP_NANOS_MEAN = 5_000_000;

    private final VirtualTime time;
    private final SimRandom random;
    private final NetworkListener listener;
    private final Faults faults = new Faults();
    private final Addresses addresses = new Addresses();
    private final Map<ServerName, Host> hosts = new LinkedHashMap<>();
    private long exchanges;

    public SimNetwork(VirtualTime time, SimRandom random, NetworkListener listener) {
        this.time = time;
        this.random = random;
        this.listener = listener;
    }

    /// A server that listens.
    ///
    /// @param lifetime of the incarnation that answers
    record Host(WireHandler handler, Lifetime lifetime) {}

    public Faults faults() {
        return faults;
    }

    /// Gives a server its address. It doesn't listen yet.
    public void register(ServerName server) {
        addresses.add(server);
    }

    /// Lets an incarnation of a server listen.
    public void listen(ServerName server, WireHandler handler, Lifetime lifetime) {
        hosts.put(server, new Host(handler, lifetime));
    }

    /// The network as one incarnation of a server sees it.
    public Wire wire(ServerName from, Lifetime lifetime) {
        return (route, request, timeout) ->
                Uni.createFrom()
                        .emitter(
                                emitter -> {
                                    var to = addresses.at(route.address());
                                    var exchange =
                                            new Exchange(
                                                    exchanges++,
                                                    from,
                                                    to.orElse(new ServerName("nobody")),
                                                    request);
                                    new Passage(this, exchange, lifetime, emitter)
                                            .begin(route, timeout);
                                });
    }

    /// The names as one incarnation of a server sees them.
    public NameResolver names(Lifetime lifetime) {
        return host ->
                lifetime.later(
                        () -> random.nextDelay(LOOKUP_NANOS_MIN, LOOKUP_NANOS_MEAN),
                        () -> lookUp(host));
    }

    private List<String> lookUp(String host) {
        var address = addresses.ofHost(host);
        if (address.flatMap(addresses::at).filter(it -> !faults.isResolvable(it)).isPresent()) {
            throw new RemoteFailure.Unreachable("nobody knows where " + host + " is");
        }
        return address.stream().toList();
    }

    /// Who listens there now.
    Optional<Host> host(ServerName server) {
        return Optional.ofNullable(hosts.get(server)).filter(it -> !it.lifetime().isOver());
    }

    VirtualTime time() {
        return time;
    }

    SimRandom random() {
        return random;
    }

    NetworkListener listener() {
        return listener;
    }

    /// Whether a message along this link gets lost.
    boolean loses(Link link) {
        return faults.isCut(link) || random.happens(faults.quality(link).loss());
    }

    /// How long a message along this link takes.
    long latencyNanos(Link link) {
        var quality = faults.quality(link);
        long mean = quality.latencyMean().toNanos();
        long latency = random.nextDelay(quality.latencyMin().toNanos(), mean);
        if (random.happens(quality.reordering())) {
            latency += (long) (random.nextDouble() * mean * Quality.HELD_UP_FACTOR_MAX);
        }
        return Math.max(latency, faults.cloggedUntilNanos(link) - time.nowNanos());
    }
}
