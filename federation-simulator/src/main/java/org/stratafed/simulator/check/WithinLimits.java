package org.stratafed.simulator.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.network.Exchange;
import org.stratafed.simulator.network.Link;
import org.stratafed.simulator.store.Disk;

/// Every limit holds: of events, of what a room keeps back, and of what a server has under way with
/// one other server at a time.
final class WithinLimits implements Observer {

    static final int PREV_EVENTS_MAX = 20;
    static final int AUTH_EVENTS_MAX = 10;
    static final int EVENT_BYTES_MAX = 65_536;

    /// From version 6 on. Before, it is as great as an integer of 64 bits can be.
    static final long DEPTH_MAX = (1L << 53) - 1;

    static final long DEPTH_UNTIL_5_MAX = Long.MAX_VALUE;
    static final int STAGED_PER_ROOM_MAX = 5_000;
    static final int EXCHANGES_PER_PEER_MAX = 64;

    private final Simulation simulation;
    private final Map<Link, Integer> underWay = new LinkedHashMap<>();

    WithinLimits(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public void onCommit(Disk disk, RoomCommit commit) {
        long depthMax = hasGreatDepths(commit.version()) ? DEPTH_UNTIL_5_MAX : DEPTH_MAX;
        for (var write : commit.events()) {
            var event = write.pdu();
            require(disk, event + " has prev events", event.prevEvents().size(), PREV_EVENTS_MAX);
            require(disk, event + " has auth events", event.authEvents().size(), AUTH_EVENTS_MAX);
            require(disk, event + " has bytes", event.bytes().length, EVENT_BYTES_MAX);
            require(disk, event + " has a depth", event.depth(), depthMax);
            require(disk, event + " has a depth below 0 by", -event.depth(), 0);
        }
        var room = disk.room(commit.room()).orElseThrow();
        require(disk, "events wait in " + room.id(), room.stagedCount(), STAGED_PER_ROOM_MAX);
    }

    private static boolean hasGreatDepths(RoomVersion version) {
        return List.of("1", "2", "3", "4", "5").contains(version.id());
    }

    private void require(Disk disk, String what, long count, long max) {
        if (count > max) {
            simulation
                    .violations()
                    .add("%s: %s: %d, over %d".formatted(disk.owner(), what, count, max));
        }
    }

    @Override
    public void onSent(Exchange exchange) {
        if (simulation.find(exchange.from()).isEmpty()) {
            return;
        }
        int count = underWay.merge(exchange.link(), 1, Integer::sum);
        if (count > EXCHANGES_PER_PEER_MAX) {
            simulation
                    .violations()
                    .add(
                            "%s asks %s %d things at once"
                                    .formatted(exchange.from(), exchange.to(), count));
        }
    }

    @Override
    public void onEnded(Exchange exchange, int status) {
        underWay.computeIfPresent(exchange.link(), (_, count) -> count > 1 ? count - 1 : null);
    }

    @Override
    public void onCrash(SimServer server) {
        underWay.keySet().removeIf(link -> link.from().equals(server.name()));
    }
}
