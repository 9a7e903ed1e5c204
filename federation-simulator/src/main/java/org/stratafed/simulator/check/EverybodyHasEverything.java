package org.stratafed.simulator.check;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.host.Violations;
import org.stratafed.simulator.store.Disk;
import org.stratafed.simulator.store.RoomTable;

/// In the end, every server has every event that another one sent to a room which it was in then
/// and has been in since, whatever it made of it.
final class EverybodyHasEverything implements Observer {

    private static final String MEMBER = "m.room.member";

    private final Violations violations;
    private final Set<EventId> made = new LinkedHashSet<>();
    private final Map<SimServer, Set<EventId>> excused = new LinkedHashMap<>();
    private final Denials denials = new Denials();

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
        var before = room.state(event.before().orElseThrow());
        for (var receiver : simulation.servers()) {
            if (receiver != sender
                    && hasBeenThereSince(receiver, room.id(), before)
                    && !isGone(receiver, room, before)
                    && !isExcused(receiver, event)
                    && !denials.wereBetween(sender, receiver, room.id())
                    && !has(receiver, event)) {
                violations.add(
                        "%s has never got %s of %s".formatted(receiver, event.pdu(), sender));
            }
        }
    }

    /// Whether the receiver has a user who is in the room by the same event as before that one: who
    /// left in between may have missed it. So may a server that had no room on its disk for its
    /// user's join, and was only told of it when another of its users joined.
    private static boolean hasBeenThereSince(SimServer receiver, RoomId room, StateMap before) {
        return receiver.disk()
                .room(room)
                .filter(own -> own.members(receiver.name()).stream().anyMatch(in(own, before)))
                .isPresent();
    }

    /// Who was put back to an earlier time has lost what it had got until then. It hears of that if
    /// somebody builds on it.
    private boolean isExcused(SimServer receiver, StoredEvent event) {
        return excused.containsKey(receiver) && excused.get(receiver).contains(event.pdu().id());
    }

    /// And it may not know that it has left since.
    private boolean isGone(SimServer receiver, RoomTable room, StateMap before) {
        return excused.containsKey(receiver)
                && room.members(receiver.name()).stream().noneMatch(in(room, before));
    }

    @Override
    public void onCommit(Disk disk, RoomCommit commit) {
        denials.onCommit(disk, commit);
        commit.events().forEach(write -> made.add(write.pdu().id()));
    }

    @Override
    public void onRestore(SimServer server) {
        excused.computeIfAbsent(server, _ -> new LinkedHashSet<>()).addAll(made);
    }

    private static Predicate<UserId> in(RoomTable own, StateMap before) {
        return user -> {
            var key = new StateKeyTuple(MEMBER, user.value());
            var membership = own.currentState().get(key);
            return before.get(key).equals(membership)
                    && membership
                            .flatMap(own::event)
                            .filter(EverybodyHasEverything::isPlaced)
                            .isPresent();
        };
    }

    private static boolean has(SimServer receiver, StoredEvent event) {
        return receiver.disk()
                .event(event.pdu().id())
                .filter(EverybodyHasEverything::isPlaced)
                .isPresent();
    }

    private static boolean isPlaced(StoredEvent event) {
        return event.kind() != EventKind.OUTLIER;
    }
}
