package org.stratafed.simulator.host;

import java.time.Duration;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.HomeserverSettings;
import org.stratafed.simulator.loop.Lifetime;
import org.stratafed.simulator.loop.SimClock;
import org.stratafed.simulator.loop.SimCompute;
import org.stratafed.simulator.loop.SimTimers;
import org.stratafed.simulator.store.CommitMoment;
import org.stratafed.simulator.store.SimStore;

/// One life of a virtual server, from a start to a crash: the production engine in an environment
/// that ends with it. It starts cold, with what the disk has.
final class Incarnation {

    private final SimServer server;
    private final Lifetime lifetime;
    private final SimStore store;
    private final SimClock clock;
    private final Application application;
    private final Engine engine;
    private final Simulation simulation;

    Incarnation(Simulation simulation, SimServer server, int number) {
        this.simulation = simulation;
        this.server = server;
        var time = simulation.time();
        var random = simulation.random().split(server.name() + "#" + number);
        var network = simulation.network();
        lifetime = new Lifetime(time);
        store =
                new SimStore(
                        server.disk(), lifetime, random.split("store"), simulation.observers());
        clock = new SimClock(time, server.clockOffset());
        application = new Application(server, lifetime, simulation.observers());
        var environment =
                new HomeserverEnvironment(
                        network.wire(server.name(), lifetime),
                        network.names(lifetime),
                        new SimTimers(lifetime),
                        new SimCompute(lifetime, random.split("compute")),
                        simulation.signatures(),
                        new RecordingTelemetry(
                                server.name(), time, simulation.trace(), simulation.violations()),
                        clock,
                        random.split("engine"),
                        store.stores());
        var settings =
                new HomeserverSettings(
                        server.name(),
                        server.keys().current(),
                        server.keys().old(),
                        RoomVersionRules.recommended().version(),
                        false);
        engine = simulation.engines().build(environment, settings, application);
    }

    void start() {
        simulation.network().listen(server.name(), engine.wireHandler(), lifetime);
        engine.start();
        application.pull(engine.messaging());
    }

    void crash() {
        store.crash();
    }

    void atCommit(CommitMoment moment, Runnable action) {
        store.atCommit(moment, action);
    }

    void atNoCommit() {
        store.atNoCommit();
    }

    void setClockOffset(Duration offset) {
        clock.setOffset(offset);
    }

    MessagingLayer messaging() {
        return engine.messaging();
    }
}
