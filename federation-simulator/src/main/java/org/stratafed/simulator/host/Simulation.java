package org.stratafed.simulator.host;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.Signatures;
import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.loop.VirtualTime;
import org.stratafed.simulator.network.SimNetwork;
import org.stratafed.simulator.store.SharedValues;

/// Many virtual homeservers on the production engine, one loop, one seed.
public final class Simulation {

    private final SimRandom random;
    private final Signatures signatures;
    private final EngineFactory engines;
    private final Trace trace;
    private final SharedValues shared;
    private final VirtualTime time;
    private final Coverage coverage = new Coverage();
    private final Violations violations = new Violations();
    private final Observers observers = new Observers();
    private final SimNetwork network;
    private final Map<ServerName, SimServer> servers = new LinkedHashMap<>();
    private boolean wasQuiet;

    public Simulation(long seed, Signatures signatures, Trace trace) {
        this(seed, signatures, EngineFactory.PRODUCTION, trace);
    }

    public Simulation(long seed, Signatures signatures, EngineFactory engines, Trace trace) {
        this(seed, signatures, engines, trace, SharedValues.sharing());
    }

    /// @param shared what the servers' disks keep once for all of them
    public Simulation(
            long seed,
            Signatures signatures,
            EngineFactory engines,
            Trace trace,
            SharedValues shared) {
        this.random = new SimRandom(seed);
        this.signatures = signatures;
        this.engines = engines;
        this.trace = trace;
        this.shared = shared;
        this.time = new VirtualTime(trace);
        this.network = new SimNetwork(time, random.split("network"), observers);
        observers.add(new TraceWriter(time, trace));
        DroppedFailures.collectIn(violations);
    }

    /// Makes a server known, and starts it.
    public SimServer add(ServerName name) {
        var server = new SimServer(this, name);
        servers.put(name, server);
        network.register(name);
        server.start();
        return server;
    }

    public void observe(Observer observer) {
        observers.add(observer);
    }

    public SimServer server(ServerName name) {
        return Optional.ofNullable(servers.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no server " + name));
    }

    public Optional<SimServer> find(ServerName name) {
        return Optional.ofNullable(servers.get(name));
    }

    public Collection<SimServer> servers() {
        return servers.values();
    }

    public VirtualTime time() {
        return time;
    }

    public SimNetwork network() {
        return network;
    }

    public SimRandom random() {
        return random;
    }

    public Signatures signatures() {
        return signatures;
    }

    EngineFactory engines() {
        return engines;
    }

    SharedValues shared() {
        return shared;
    }

    /// What has happened so far, of all that may happen.
    public Coverage coverage() {
        return coverage;
    }

    public Trace trace() {
        return trace;
    }

    public Violations violations() {
        return violations;
    }

    Observers observers() {
        return observers;
    }

    /// Tells who looks on that a user of this server was told that the event is sent.
    public void acknowledge(SimServer server, EventId event) {
        observers.onAcknowledged(server, event);
    }

    /// A line of the trace that is about what the simulation's user does.
    public void note(String what) {
        trace.record(time.nowNanos(), "step", what, 0);
    }

    /// Mends everything that is broken, and starts the servers that are down.
    public void heal() {
        network.faults().healAll();
        servers.values().forEach(SimServer::heal);
    }

    /// Runs until something is so. Answers whether it got so within that much virtual time, and
    /// before nothing was left that would ever happen.
    public boolean runUntil(BooleanSupplier done, Duration atMost) {
        long end = time.nowNanos() + atMost.toNanos();
        boolean[] isDone = {false};
        time.runUntil(
                () -> {
                    isDone[0] = done.getAsBoolean();
                    return isDone[0] || time.nowNanos() > end;
                },
                this::afterStep);
        return isDone[0];
    }

    /// Lets time pass.
    public void run(Duration duration) {
        boolean[] isOver = {false};
        time.schedule(VirtualTime.Kind.TIMER, duration.toNanos(), () -> isOver[0] = true);
        time.runUntil(() -> isOver[0], this::afterStep);
    }

    /// To be called when everything has come to rest.
    public void end() {
        observers.onEnd(this);
        violations.throwFirst();
    }

    private void afterStep() {
        if (time.isQuiet() && !wasQuiet) {
            observers.onQuiet(this);
        }
        wasQuiet = time.isQuiet();
        violations.throwFirst();
    }
}
