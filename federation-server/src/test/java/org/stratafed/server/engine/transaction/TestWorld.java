package org.stratafed.server.engine.transaction;

import java.util.SplittableRandom;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.Stores;

/// What the transaction layer sees of the world: a loop, two stores, a transport layer, and someone
/// to report to.
public final class TestWorld {

    public static final ServerName LOCAL = new ServerName("alpha");
    public static final ServerName PEER = new ServerName("beta");
    public static final ServerName OTHER_PEER = new ServerName("gamma");

    public final ManualLoop loop = new ManualLoop();
    public final MemoryOutbox outbox = new MemoryOutbox(loop);
    public final MemoryInbox inbox = new MemoryInbox(loop);
    public final ScriptedTransport transport = new ScriptedTransport();
    public final RecordingTelemetry telemetry = new RecordingTelemetry();

    private final SplittableRandom random = new SplittableRandom(1);

    /// The environment. The ports that are no business of this layer aren't there: touching one
    /// fails the test.
    public HomeserverEnvironment environment() {
        var stores = new Stores(null, null, outbox, inbox, null, null, null, null, null);
        return new HomeserverEnvironment(
                null, null, loop, null, null, telemetry, loop, random, stores);
    }
}
