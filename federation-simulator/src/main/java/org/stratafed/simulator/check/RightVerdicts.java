package org.stratafed.simulator.check;

import org.stratafed.api.model.event.AuthRule;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.api.spi.store.RoomCommit.EventWrite;
import org.stratafed.simulator.check.rules.Ruling;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.store.Disk;
import org.stratafed.simulator.store.RoomTable;

/// Every event that isn't rejected is allowed by its own auth events, and by the state before it if
/// it has a place, when it is asked again by the slow rules; and so, one by one, is its whole auth
/// chain. One that is rejected is not.
final class RightVerdicts implements Observer {

    private final Simulation simulation;

    RightVerdicts(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public void onCommit(Disk disk, RoomCommit commit) {
        var room = disk.room(commit.room()).orElseThrow();
        var slow = new SlowRoom(simulation, room);
        for (var write : commit.events()) {
            if (slow.hasAllAuthEventsOf(write.pdu())) {
                check(disk, room, slow, write);
            }
        }
    }

    private void check(Disk disk, RoomTable room, SlowRoom slow, EventWrite write) {
        var ruling = slow.byAuthEvents(write.pdu());
        var check = PduCheck.AUTH_EVENTS;
        if (ruling.isAllowed() && write.before().isPresent()) {
            ruling = slow.byState(write.pdu(), room.state(write.before().get()));
            check = PduCheck.STATE_BEFORE;
        }
        if (ruling.isAllowed() == (write.status() == EventStatus.REJECTED)) {
            simulation
                    .violations()
                    .add(
                            "%s has %s as %s, which is %s%s"
                                    .formatted(
                                            disk.owner(),
                                            write.pdu(),
                                            write.status(),
                                            ruling,
                                            write.refusal()
                                                    .map(Refusal::text)
                                                    .map(" instead of: "::concat)
                                                    .orElse("")));
        } else if (write.status() == EventStatus.REJECTED) {
            explain(disk, write, check, ruling);
        }
    }

    /// What is written down of a rejection is the check that the event failed, and the rule.
    private void explain(Disk disk, EventWrite write, PduCheck check, Ruling ruling) {
        var refusal = write.refusal().orElseThrow();
        var number = refusal.rule().map(AuthRule::number).orElse("");
        if (refusal.check() != check || !ruling.isNumbered(number)) {
            simulation
                    .violations()
                    .add(
                            "%s says of %s that it was %s of %s, which is %s of %s"
                                    .formatted(
                                            disk.owner(),
                                            write.pdu(),
                                            refusal.text(),
                                            refusal.check(),
                                            ruling,
                                            check));
        }
    }
}
