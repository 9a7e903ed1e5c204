package org.stratafed.simulator.check;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.api.spi.store.RoomCommit.OutboxEntry;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.Violations;
import org.stratafed.simulator.store.Disk;
import org.stratafed.simulator.store.RoomTable;

/// An event goes to no server that was neither in the room at it nor is there now (what is passed
/// on may have been made beside what the server's users did), unless it is about one of the
/// server's users.
final class OnlyMembersReceive implements Observer {

    private static final String MEMBER = "m.room.member";

    private final Violations violations;

    OnlyMembersReceive(Violations violations) {
        this.violations = violations;
    }

    @Override
    public void onCommit(Disk disk, RoomCommit commit) {
        var room = disk.room(commit.room()).orElseThrow();
        commit.outbox().forEach(entry -> check(disk, room, entry));
    }

    private void check(Disk disk, RoomTable room, OutboxEntry entry) {
        var event = room.event(entry.event()).orElseThrow();
        var strangers = new LinkedHashSet<>(entry.audience());
        strangers.removeAll(joined(room, event.before()));
        strangers.removeAll(joined(room, event.after()));
        strangers.removeAll(joined(room, room.currentState()));
        target(event).ifPresent(strangers::remove);
        if (!strangers.isEmpty()) {
            violations.add(
                    "%s sends %s to %s, who are not in the room"
                            .formatted(disk.owner(), event.pdu(), strangers));
        }
        if (entry.audience().contains(disk.owner())) {
            violations.add(disk.owner() + " sends " + event.pdu() + " to itself");
        }
    }

    private static Optional<ServerName> target(StoredEvent event) {
        return event.pdu().type().equals(MEMBER)
                ? event.pdu().stateKey().flatMap(UserId::parse).map(UserId::server)
                : Optional.empty();
    }

    private static SequencedSet<ServerName> joined(RoomTable room, Optional<StatePoint> point) {
        return joined(room, point.map(room::state).orElse(StateMap.empty()));
    }

    private static SequencedSet<ServerName> joined(RoomTable room, StateMap state) {
        var servers = new LinkedHashSet<ServerName>();
        state.forEach(
                (key, id) -> {
                    if (key.type().equals(MEMBER) && isJoin(room.event(id))) {
                        UserId.parse(key.stateKey()).map(UserId::server).ifPresent(servers::add);
                    }
                });
        return servers;
    }

    private static boolean isJoin(Optional<StoredEvent> event) {
        return event.flatMap(it -> it.pdu().content().string("membership"))
                .filter("join"::equals)
                .isPresent();
    }
}
