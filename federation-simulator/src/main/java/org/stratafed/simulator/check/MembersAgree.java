package org.stratafed.simulator.check;

import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.host.Violations;
import org.stratafed.simulator.store.RoomTable;

/// In the end, two servers that see each other in a room have the same state of it.
///
/// Somebody who was removed while he was cut off may go on in a room of his own; so may two of
/// them, with each other. So may a server that the others deny. Who left follows the room no more,
/// even if state resolution brings him back for the others. Who was put back to a backup may not
/// know that he was removed. In rooms of version 1, state that one side alone has is never in
/// dispute, so that they need not agree.
final class MembersAgree implements Observer {

    private static final RoomVersion FIRST = new RoomVersion("1");

    private final Violations violations;

    MembersAgree(Violations violations) {
        this.violations = violations;
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
            if (!here.version().equals(FIRST)
                    && there.isPresent()
                    && isMember(one, here)
                    && isMember(other, here)
                    && isMember(one, there.get())
                    && isMember(other, there.get())
                    && !Denial.isBetween(one, other, here.id())
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

    private static boolean isMember(SimServer server, RoomTable room) {
        return !room.members(server.name()).isEmpty();
    }
}
