package org.stratafed.simulator.host;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.simulator.loop.SimClock;
import org.stratafed.simulator.store.CommitMoment;
import org.stratafed.simulator.store.Disk;

/// A virtual homeserver: what outlives its crashes, and the incarnation that runs now, if one does.
public final class SimServer {

    private static final Duration KEY_VALIDITY = Duration.ofDays(1);

    private final Simulation simulation;
    private final ServerName name;
    private final KeyChain keys;
    private Disk disk;
    private Optional<Backup> backup = Optional.empty();
    private Duration clockOffset = Duration.ZERO;
    private Duration clockOffsetMax = Duration.ZERO;
    private Optional<Incarnation> incarnation = Optional.empty();
    private int incarnations;
    private boolean isRestored;
    private long shownUpTo;

    SimServer(Simulation simulation, ServerName name) {
        this.simulation = simulation;
        this.name = name;
        this.keys = new KeyChain(name);
        this.disk = new Disk(name, simulation.shared());
    }

    public ServerName name() {
        return name;
    }

    public SigningKey key() {
        return keys.current();
    }

    /// The public halves of all keys that it has ever signed with.
    public List<VerifyKey> verifyKeys() {
        return keys.all(simulation.signatures());
    }

    KeyChain keys() {
        return keys;
    }

    /// Has another one know its key, as if they had met.
    public void introduceTo(SimServer other) {
        long validUntil = SimClock.START.plus(KEY_VALIDITY).toEpochMilli();
        other.disk.learnKey(name, keys.published(simulation.signatures(), validUntil));
    }

    /// Signs with another key from the next start on.
    public void rotateKey() {
        keys.rotate(simulation.signatures(), latestMillis());
    }

    /// The latest time that its clock may have shown so far.
    private long latestMillis() {
        return SimClock.START.plus(simulation.time().now()).plus(clockOffsetMax).toEpochMilli();
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
        simulation.observers().onStart(this);
    }

    /// Ends it in the middle of whatever it does.
    public void crash() {
        var dying = incarnation.orElseThrow(() -> new IllegalStateException(name + " is down"));
        incarnation = Optional.empty();
        dying.crash();
        simulation.observers().onCrash(this);
    }

    /// Mends everything that is wrong with it, and starts it if it is down.
    void heal() {
        setClockOffset(Duration.ZERO);
        disk.setFull(false);
        disk.setSlowness(1);
        incarnation.ifPresent(Incarnation::atNoCommit);
        if (!isUp()) {
            start();
        }
    }

    /// Sets how far its clock is off; it jumps.
    public void setClockOffset(Duration offset) {
        clockOffset = offset;
        clockOffsetMax = offset.compareTo(clockOffsetMax) > 0 ? offset : clockOffsetMax;
        incarnation.ifPresent(it -> it.setClockOffset(offset));
    }

    /// Runs an action when the next commit is at such a moment. It is not run if there is none in
    /// this life of the server.
    public void atCommit(CommitMoment moment, Runnable action) {
        incarnation.ifPresent(it -> it.atCommit(moment, action));
    }

    /// Keeps all that is durable now, in place of what was kept before.
    public void backUp() {
        backup = Optional.of(new Backup(disk.copy(), shownUpTo));
    }

    /// Puts back what was kept. The server is down; what it did since is lost.
    public void restoreBackup() {
        if (isUp()) {
            throw new IllegalStateException(name + " is up");
        }
        var kept = backup.orElseThrow();
        disk = kept.disk().copy();
        shownUpTo = kept.shownUpTo();
        isRestored = true;
        simulation.observers().onRestore(this);
    }

    /// Whether it has ever been put back.
    public boolean isRestored() {
        return isRestored;
    }

    private record Backup(Disk disk, long shownUpTo) {}

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
