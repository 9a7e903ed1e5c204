package org.stratafed.simulator.check;

import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.Violations;
import org.stratafed.simulator.store.Disk;

/// Only live, accepted events are forward extremities: nothing is built upon what was rejected or
/// soft-failed, and a room that has any event has a newest one.
final class SoundExtremities implements Observer {

    private final Violations violations;

    SoundExtremities(Violations violations) {
        this.violations = violations;
    }

    @Override
    public void onCommit(Disk disk, RoomCommit commit) {
        var room = disk.room(commit.room()).orElseThrow();
        if (room.isHeld() && room.extremities().isEmpty()) {
            violations.add(disk.owner() + " has a room without forward extremities");
        }
        for (var id : room.extremities()) {
            var event = room.event(id).orElseThrow();
            if (!isSound(event)) {
                violations.add(
                        "at %s, %s is a forward extremity, though %s and %s"
                                .formatted(
                                        disk.owner(), event.pdu(), event.kind(), event.status()));
            }
        }
    }

    private static boolean isSound(StoredEvent event) {
        return event.status() == EventStatus.ACCEPTED && event.kind() == EventKind.LIVE;
    }
}
