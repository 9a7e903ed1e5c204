package org.stratafed.simulator.check;

import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.host.Violations;
import org.stratafed.simulator.store.RoomTable;

/// In the end, every server in a room has every event that was sent by another one while it was in
/// the room, whatever it made of it.
final class EverybodyHasEverything implements Observer {

    private static final String MEMBER = "m.room.member";

    private final Violations violations;

    EverybodyHasEverything(Violations violations) {
        this.violations = violations;
    }

    @Override
    public void onEnd(Simulation simulation) {
        for (var sender : simulation.servers()) {
            for (var room : sender.disk().rooms()) {
                room.events().stream()
                        .filter(event -> isSentBy(sender, event))
                        .forEach(event -> check(simulation, sender, room, event));
            }
        }
    }

    private static boolean isSentBy(SimServer sender, StoredEvent event) {
        return event.pdu().sender().server().equals(sender.name())
                && event.kind() == EventKind.LIVE
                && event.status() == EventStatus.ACCEPTED;
    }

    private void check(Simulation simulation, SimServer sender, RoomTable room, StoredEvent event) {
        for (var receiver : simulation.servers()) {
            if (receiver != sender
                    && wasJoined(receiver, room, event)
                    && isJoined(receiver, room)
                    && !has(receiver, event)) {
                violations.add(
                        "%s has never got %s of %s".formatted(receiver, event.pdu(), sender));
            }
        }
    }

    /// Whether the receiver had a joined user in the state before the event.
    private static boolean wasJoined(SimServer receiver, RoomTable room, StoredEvent event) {
        var before = room.state(event.before().orElseThrow());
        return room.joinedEver(receiver.name()).stream()
                .anyMatch(
                        user ->
                                before.get(new StateKeyTuple(MEMBER, user.value()))
                                        .flatMap(room::event)
                                        .flatMap(it -> it.pdu().content().string("membership"))
                                        .filter("join"::equals)
                                        .isPresent());
    }

    private static boolean isJoined(SimServer receiver, RoomTable room) {
        return receiver.disk()
                .room(room.id())
                .filter(own -> !own.members(receiver.name()).isEmpty())
                .isPresent();
    }

    private static boolean has(SimServer receiver, StoredEvent event) {
        return receiver.disk()
                .event(event.pdu().id())
                .filter(own -> own.kind() != EventKind.OUTLIER)
                .isPresent();
    }
}
