package org.stratafed.simulator.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.api.spi.store.RoomCommit.EventWrite;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.store.Disk;
import org.stratafed.simulator.store.RoomTable;

/// An event that comes while its server is in the room is soft-failed if, and only if, the current
/// state doesn't allow it, as the slow resolver and the slow rules have it, or names a policy
/// server that hasn't signed it.
final class RightSoftFailures implements Observer {

    private final Simulation simulation;
    private final Map<Place, Known> known = new LinkedHashMap<>();

    private record Place(ServerName server, RoomId room) {}

    /// The forward extremities that a change was based on.
    ///
    /// @param isThere whether the server had anybody in the room: who comes back takes another
    ///     server's word for the state, whatever he had
    private record Known(long revision, List<EventId> extremities, boolean isThere) {}

    RightSoftFailures(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public void onCommit(Disk disk, RoomCommit commit) {
        var room = disk.room(commit.room()).orElseThrow();
        boolean isThere = !room.members(disk.owner()).isEmpty();
        var now = new Known(room.revision(), room.extremities(), isThere);
        var before = known.put(new Place(disk.owner(), commit.room()), now);
        if (before == null
                || isThere && !before.isThere()
                || before.revision() != commit.basedOn()) {
            return;
        }
        var extremities = before.extremities();
        for (var write : commit.events()) {
            if (write.kind() == EventKind.LIVE && write.status() != EventStatus.REJECTED) {
                check(disk, room, extremities, write);
                if (write.status() == EventStatus.ACCEPTED) {
                    extremities = with(room, extremities, write.pdu());
                }
            }
        }
    }

    /// The forward extremities with one more event. One that comes late is none, since what comes
    /// after it is here.
    private static List<EventId> with(RoomTable room, List<EventId> extremities, Pdu event) {
        var all = new ArrayList<>(extremities);
        all.removeAll(event.prevEvents());
        all.add(event.id());
        return Newest.of(room, all);
    }

    @Override
    public void onRestore(SimServer server) {
        known.keySet().removeIf(place -> place.server().equals(server.name()));
    }

    private void check(Disk disk, RoomTable room, List<EventId> extremities, EventWrite write) {
        if (extremities.isEmpty()) {
            return;
        }
        var slow = new SlowRoom(simulation, room);
        var states = new ArrayList<StateMap>();
        for (var id : extremities) {
            states.add(room.state(room.event(id).orElseThrow().after().orElseThrow()));
        }
        var current = slow.resolved(states);
        var ruling = slow.byState(write.pdu(), current);
        if (ruling.isAllowed() && !slow.hasPassed(write.pdu(), current)) {
            if (write.status() == EventStatus.ACCEPTED) {
                simulation
                        .violations()
                        .add(
                                "%s has %s as ACCEPTED, which the room's policy server did not sign"
                                        .formatted(disk.owner(), write.pdu()));
            }
            return;
        }
        if (ruling.isAllowed() != (write.status() == EventStatus.ACCEPTED)) {
            simulation
                    .violations()
                    .add(
                            "%s has %s as %s, which is %s in the current state"
                                    .formatted(disk.owner(), write.pdu(), write.status(), ruling));
        }
    }
}
