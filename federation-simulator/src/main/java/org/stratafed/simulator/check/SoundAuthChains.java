package org.stratafed.simulator.check;

import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.Violations;
import org.stratafed.simulator.store.Disk;
import org.stratafed.simulator.store.RoomTable;

/// Whatever an accepted event is allowed by is stored, and not rejected; so, one by one, is its
/// whole auth chain.
final class SoundAuthChains implements Observer {

    private final Violations violations;

    SoundAuthChains(Violations violations) {
        this.violations = violations;
    }

    @Override
    public void onCommit(Disk disk, RoomCommit commit) {
        var room = disk.room(commit.room()).orElseThrow();
        for (var write : commit.events()) {
            if (write.status() == EventStatus.ACCEPTED) {
                check(disk, room, write.pdu());
            }
        }
    }

    private void check(Disk disk, RoomTable room, Pdu event) {
        for (var id : allowedBy(room, event)) {
            var cited = room.event(id);
            if (cited.isEmpty() || cited.get().status() == EventStatus.REJECTED) {
                violations.add(
                        "%s accepted %s, whose auth event %s is %s"
                                .formatted(
                                        disk.owner(),
                                        event,
                                        id,
                                        cited.map(it -> it.status().name()).orElse("missing")));
            }
        }
    }

    private static List<EventId> allowedBy(RoomTable room, Pdu event) {
        var ids = new ArrayList<>(event.authEvents());
        boolean isCreateCitedByName =
                RoomVersionRules.of(room.version())
                        .map(RoomVersionRules::roomIdIsCreateHash)
                        .orElse(false);
        if (isCreateCitedByName && !event.isState("m.room.create", "")) {
            room.id().createEvent().ifPresent(ids::add);
        }
        return ids;
    }
}
