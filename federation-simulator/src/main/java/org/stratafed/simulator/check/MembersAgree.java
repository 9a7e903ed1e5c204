package org.stratafed.simulator.check;

import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.host.Violations;
import org.stratafed.simulator.store.Disk;
import org.stratafed.simulator.store.RoomTable;

/// In the end, two servers that see each other in a room have the same state of it.
///
/// Somebody who was removed while he was cut off may go on in a room of his own; so may two of
/// them, with each other. So may a server that the others deny. Who was put back to a backup may
/// not know that he was removed.
final class MembersAgree implements Observer {

    private final Violations violations;
    private final Denials denials = new Denials();

    MembersAgree(Violations violations) {
        this.violations = violations;
    }

    @Override
    public void onCommit(Disk disk, RoomCommit commit) {
        denials.onCommit(disk, commit);
    }

    @Override
    public void onEnd(Simulation simulation) {
        var servers = simulation.servers().stream().filter(server -> !server.isRestored()).toList();
        for (int i = 0; i < servers.size(); i++) {
            for (var other : servers.subList(i + 1, servers.size())) {
                check(servers.get(i), other);
            }
        }
    }

    private void check(SimServer one, SimServer other) {
        for (var here : one.disk().rooms()) {
            var there = other.disk().room(here.id());
            if (there.isPresent()
                    && isMember(other, here)
                    && isMember(one, there.get())
                    && !Denial.isBetween(one, other, here.id())
                    && !hasLeftUnheard(one, here, other, there.get())
                    && !here.currentState().equals(there.get().currentState())) {
                violations.add(
                        "%s and %s are both in %s, and differ in %s"
                                .formatted(
                                        one,
                                        other,
                                        here.id(),
                                        here.currentState().changesTo(there.get().currentState())));
            }
        }
    }

    /// Who left while he was denied has told nobody.
    private boolean hasLeftUnheard(
            SimServer one, RoomTable here, SimServer other, RoomTable there) {
        return denials.wereBetween(one, other, here.id())
                && !(isMember(one, here) && isMember(other, there));
    }

    private static boolean isMember(SimServer server, RoomTable room) {
        return !room.members(server.name()).isEmpty();
    }
}
