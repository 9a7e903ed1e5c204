package org.stratafed.simulator.check;

import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.api.spi.store.RoomCommit.EventWrite;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.store.Disk;
import org.stratafed.simulator.store.RoomTable;

/// The state before each event is what the slow resolver makes of the states after the events
/// before it, the state after it is that with the event in its place, and the room's current state
/// is what it makes of the states after the forward extremities.
///
/// Each is computed once, when it is written. The states that it starts from have been computed
/// likewise before, down to events that had none before them here: of those, another server told
/// the state. That a state stays what it was written as is [LastingState]'s to see.
final class RecomputedState implements Observer {

    private final Simulation simulation;

    RecomputedState(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public void onCommit(Disk disk, RoomCommit commit) {
        var room = disk.room(commit.room()).orElseThrow();
        var slow = new SlowRoom(simulation, room);
        for (var write : commit.events()) {
            if (write.before().isPresent()) {
                check(disk, room, slow, write);
            }
        }
        if (room.isHeld() && !room.extremities().isEmpty()) {
            var current = slow.resolved(after(room, room.extremities()));
            compare(disk, "now", room.currentState(), current);
        }
    }

    private void check(Disk disk, RoomTable room, SlowRoom slow, EventWrite write) {
        var event = write.pdu();
        var before = room.state(write.before().orElseThrow());
        var previous = event.prevEvents();
        if (!previous.isEmpty() && previous.stream().allMatch(room::isPlaced)) {
            compare(disk, "before " + event, before, slow.resolved(after(room, previous)));
        }
        var after =
                event.isState() && write.status() != EventStatus.REJECTED
                        ? before.with(event.stateTuple().orElseThrow(), event.id())
                        : before;
        compare(disk, "after " + event, room.state(write.after().orElseThrow()), after);
    }

    private static List<StateMap> after(RoomTable room, List<EventId> events) {
        var states = new ArrayList<StateMap>();
        for (var id : events) {
            states.add(room.state(room.event(id).orElseThrow().after().orElseThrow()));
        }
        return states;
    }

    private void compare(Disk disk, String when, StateMap there, StateMap expected) {
        if (!there.equals(expected)) {
            simulation
                    .violations()
                    .add(
                            "%s has a state %s that isn't what it should be: %s"
                                    .formatted(
                                            disk.owner(),
                                            when,
                                            SlowRoom.differences(there, expected)));
        }
    }
}
