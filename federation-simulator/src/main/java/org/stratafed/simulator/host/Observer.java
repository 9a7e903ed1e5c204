package org.stratafed.simulator.host;

import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.simulator.network.Exchange;
import org.stratafed.simulator.network.NetworkListener;
import org.stratafed.simulator.store.Disk;
import org.stratafed.simulator.store.StoreListener;

/// Who looks on while a simulation runs. It changes nothing; what it finds wrong, it adds to the
/// run's [Violations].
public interface Observer extends NetworkListener, StoreListener {

    @Override
    default void onSent(Exchange exchange) {}

    @Override
    default void onArrived(Exchange exchange) {}

    @Override
    default void onAnswered(Exchange exchange, int status, byte[] body) {}

    @Override
    default void onEnded(Exchange exchange, int status) {}

    @Override
    default void onCommit(Disk disk, RoomCommit commit) {}

    @Override
    default void onResponse(
            Disk disk, ServerName origin, TransactionId transaction, boolean again) {}

    @Override
    default void onWrite(Disk disk, String what) {}

    /// The application above a server was shown an event.
    default void onShown(SimServer server, TimelineEvent event) {}

    /// A server's user was told that an event is sent.
    default void onAcknowledged(SimServer server, EventId event) {}

    /// A server runs.
    default void onStart(SimServer server) {}

    /// A server is gone, and with it everything that it had in memory.
    default void onCrash(SimServer server) {}

    /// A server has, in place of what it had, what it had at an earlier time.
    default void onRestore(SimServer server) {}

    /// Nothing is under way in the whole simulation. Costly looks belong here.
    default void onQuiet(Simulation simulation) {}

    /// The faults are healed and everything has come to rest.
    default void onEnd(Simulation simulation) {}
}
