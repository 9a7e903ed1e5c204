package org.stratafed.simulator.host;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.simulator.network.Exchange;
import org.stratafed.simulator.store.Disk;

/// All who look on, in the order they came.
final class Observers implements Observer {

    private final List<Observer> observers = new ArrayList<>();

    void add(Observer observer) {
        observers.add(observer);
    }

    private void tell(Consumer<Observer> what) {
        observers.forEach(what);
    }

    @Override
    public void onSent(Exchange exchange) {
        tell(it -> it.onSent(exchange));
    }

    @Override
    public void onArrived(Exchange exchange) {
        tell(it -> it.onArrived(exchange));
    }

    @Override
    public void onAnswered(Exchange exchange, int status, byte[] body) {
        tell(it -> it.onAnswered(exchange, status, body));
    }

    @Override
    public void onEnded(Exchange exchange, int status) {
        tell(it -> it.onEnded(exchange, status));
    }

    @Override
    public void onCommit(Disk disk, RoomCommit commit) {
        tell(it -> it.onCommit(disk, commit));
    }

    @Override
    public void onResponse(Disk disk, ServerName origin, TransactionId transaction, boolean again) {
        tell(it -> it.onResponse(disk, origin, transaction, again));
    }

    @Override
    public void onWrite(Disk disk, String what) {
        tell(it -> it.onWrite(disk, what));
    }

    @Override
    public void onShown(SimServer server, TimelineEvent event) {
        tell(it -> it.onShown(server, event));
    }

    @Override
    public void onAcknowledged(SimServer server, EventId event) {
        tell(it -> it.onAcknowledged(server, event));
    }

    @Override
    public void onStart(SimServer server) {
        tell(it -> it.onStart(server));
    }

    @Override
    public void onCrash(SimServer server) {
        tell(it -> it.onCrash(server));
    }

    @Override
    public void onRestore(SimServer server) {
        tell(it -> it.onRestore(server));
    }

    @Override
    public void onQuiet(Simulation simulation) {
        tell(it -> it.onQuiet(simulation));
    }

    @Override
    public void onEnd(Simulation simulation) {
        tell(it -> it.onEnd(simulation));
    }
}
