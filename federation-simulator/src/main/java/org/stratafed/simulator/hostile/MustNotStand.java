package org.stratafed.simulator.hostile;

import java.util.LinkedHashMap;
import java.util.Map;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.Violations;
import org.stratafed.simulator.store.Disk;

/// Forged events that no honest server may ever take into a room as good.
final class MustNotStand implements Observer {

    private final Violations violations;
    private final Map<EventId, String> events = new LinkedHashMap<>();

    MustNotStand(Violations violations) {
        this.violations = violations;
    }

    /// @param why in the words of a failure
    void add(EventId event, String why) {
        events.put(event, why);
    }

    @Override
    public void onCommit(Disk disk, RoomCommit commit) {
        for (var write : commit.events()) {
            var why = events.get(write.pdu().id());
            if (why != null
                    && write.status() == EventStatus.ACCEPTED
                    && write.kind() != EventKind.OUTLIER) {
                violations.add(disk.owner() + " accepted " + write.pdu() + ": " + why);
            }
        }
    }
}
