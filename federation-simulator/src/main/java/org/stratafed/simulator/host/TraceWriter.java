package org.stratafed.simulator.host;

import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.api.spi.store.RoomCommit.EventWrite;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.loop.VirtualTime;
import org.stratafed.simulator.network.Exchange;
import org.stratafed.simulator.store.Disk;

/// Puts what happens into the trace.
final class TraceWriter implements Observer {

    private final VirtualTime time;
    private final Trace trace;

    TraceWriter(VirtualTime time, Trace trace) {
        this.time = time;
        this.trace = trace;
    }

    private void line(String kind, String what, long content) {
        trace.record(time.nowNanos(), kind, what, content);
    }

    @Override
    public void onSent(Exchange exchange) {
        line("sends", exchange.toString(), Trace.hashOf(exchange.request().body()));
    }

    @Override
    public void onArrived(Exchange exchange) {
        line("arrives", exchange.toString(), exchange.number());
    }

    @Override
    public void onAnswered(Exchange exchange, int status, byte[] body) {
        line("answers", exchange + " " + status, Trace.hashOf(body));
    }

    @Override
    public void onEnded(Exchange exchange, int status) {
        line("ends", exchange + " " + status, exchange.number());
    }

    @Override
    public void onCommit(Disk disk, RoomCommit commit) {
        var what = new StringBuilder().append(disk.owner());
        long content = commit.basedOn();
        for (EventWrite write : commit.events()) {
            what.append(' ').append(write.pdu().type()).append(' ').append(write.pdu().id());
            if (write.status() != EventStatus.ACCEPTED) {
                what.append(' ').append(write.status());
            }
            content = content * 31 + Trace.hashOf(write.pdu().bytes());
        }
        if (!commit.staged().isEmpty()) {
            what.append(" stages ").append(commit.staged().size());
        }
        what.append(" tips ").append(commit.extremities().size());
        line("commits", what.toString(), content);
    }

    @Override
    public void onResponse(Disk disk, ServerName origin, TransactionId transaction, boolean again) {
        line("records", disk.owner() + " response to " + origin + " " + transaction, 0);
    }

    @Override
    public void onWrite(Disk disk, String what) {
        line("writes", disk.owner() + " " + what, 0);
    }

    @Override
    public void onShown(SimServer server, TimelineEvent event) {
        line("shows", server.name() + " " + event.pdu(), event.position().orElse(0));
    }

    @Override
    public void onAcknowledged(SimServer server, EventId event) {
        line("tells", server + " " + event, 0);
    }

    @Override
    public void onCrash(SimServer server) {
        line("crashes", server.name().value(), 0);
    }

    @Override
    public void onRestore(SimServer server) {
        line("restores", server.name().value(), 0);
    }
}
