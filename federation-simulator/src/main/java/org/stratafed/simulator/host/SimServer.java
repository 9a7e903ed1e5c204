package org.stratafed.simulator.host;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.crypto.Sha256;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.simulator.store.Disk;

/// A virtual homeserver: what outlives its crashes, and the incarnation that runs now, if one does.
public final class SimServer {

    private final Simulation simulation;
    private final ServerName name;
    private final SigningKey key;
    private final Disk disk;
    private Duration clockOffset = Duration.ZERO;
    private Optional<Incarnation> incarnation = Optional.empty();
    private int incarnations;
    private long shownUpTo;

    SimServer(Simulation simulation, ServerName name) {
        this.simulation = simulation;
        this.name = name;
        this.key = keyOf(name);
        this.disk = new Disk(name);
    }

    /// The same in every run, so that signatures made in one are known in the next.
    private static SigningKey keyOf(ServerName server) {
        var secret = "the key of " + server;
        return new SigningKey(
                new KeyId("ed25519:1"), Sha256.digest(secret.getBytes(StandardCharsets.UTF_8)));
    }

    public ServerName name() {
        return name;
    }

    public SigningKey key() {
        return key;
    }

    public Disk disk() {
        return disk;
    }

    public boolean isUp() {
        return incarnation.isPresent();
    }

    /// The top of its stack; a server that is down has none.
    public MessagingLayer messaging() {
        return incarnation
                .orElseThrow(() -> new IllegalStateException(name + " is down"))
                .messaging();
    }

    /// Starts it, with nothing in memory.
    public void start() {
        if (isUp()) {
            throw new IllegalStateException(name + " is up");
        }
        incarnations++;
        incarnation = Optional.of(new Incarnation(simulation, this, incarnations));
        incarnation.get().start();
    }

    /// Ends it in the middle of whatever it does.
    public void crash() {
        var dying = incarnation.orElseThrow(() -> new IllegalStateException(name + " is down"));
        incarnation = Optional.empty();
        dying.crash();
        simulation.observers().onCrash(this);
    }

    /// Sets how far its clock is off; it jumps.
    public void setClockOffset(Duration offset) {
        clockOffset = offset;
        incarnation.ifPresent(it -> it.setClockOffset(offset));
    }

    Duration clockOffset() {
        return clockOffset;
    }

    Optional<Incarnation> incarnation() {
        return incarnation;
    }

    /// Up to which position of the stream the application has taken everything.
    public long shownUpTo() {
        return shownUpTo;
    }

    void show(TimelineEvent event) {
        shownUpTo = event.position().orElseThrow();
    }

    @Override
    public String toString() {
        return name.value();
    }
}
