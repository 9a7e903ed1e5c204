package org.stratafed.simulator.store;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.spi.store.CommitResult;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.api.spi.store.RoomCommit.EventWrite;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.TimelineStore;

/// Puts one [RoomCommit] on a disk: all of it, in one step of virtual time.
final class RoomChange {

    private final Disk disk;
    private final RoomTable room;
    private final RoomCommit commit;
    private final long positionBefore;

    private RoomChange(Disk disk, RoomTable room, RoomCommit commit) {
        this.disk = disk;
        this.room = room;
        this.commit = commit;
        this.positionBefore = disk.position;
    }

    static CommitResult apply(Disk disk, RoomCommit commit) {
        long revision = disk.room(commit.room()).map(room -> room.revision).orElse(0L);
        if (revision != commit.basedOn()) {
            return new CommitResult.Conflict(revision);
        }
        var room = disk.roomOrNew(commit.room(), commit.version());
        requireStored(room, commit);
        requireLines(room, commit);
        return new RoomChange(disk, room, commit).apply();
    }

    private static void requireStored(RoomTable room, RoomCommit commit) {
        var written = new LinkedHashSet<EventId>();
        commit.events().forEach(write -> written.add(write.pdu().id()));
        var cited = new LinkedHashSet<>(commit.extremities());
        commit.changes().forEach(change -> change.event().ifPresent(cited::add));
        commit.outbox().forEach(entry -> cited.add(entry.event()));
        cited.removeIf(id -> written.contains(id) || room.events.containsKey(id));
        if (!cited.isEmpty()) {
            throw new IllegalArgumentException("not stored: " + cited);
        }
    }

    private static void requireLines(RoomTable room, RoomCommit commit) {
        var heads = new LinkedHashMap<Integer, Integer>();
        for (var opened : commit.lines()) {
            if (room.lines.containsKey(opened.line())
                    || heads.putIfAbsent(opened.line(), 0) != null) {
                throw new IllegalArgumentException("opened already: line " + opened.line());
            }
        }
        for (var change : commit.changes()) {
            var at = change.at();
            int head = heads.computeIfAbsent(at.line(), line -> headOf(room, line));
            if (at.version() < Math.max(1, head)) {
                throw new IllegalArgumentException("no step at the head of a line: " + at);
            }
            heads.put(at.line(), at.version());
        }
    }

    /// Of a line that isn't there, none can be reached.
    private static int headOf(RoomTable room, int line) {
        return room.lines.containsKey(line) ? room.lines.get(line).head() : Integer.MAX_VALUE;
    }

    private CommitResult apply() {
        commit.events().forEach(this::write);
        if (!commit.currentChanges().isEmpty() && disk.position == positionBefore) {
            disk.position++;
        }
        commit.lines()
                .forEach(
                        opened -> {
                            room.lines.put(
                                    opened.line(), new StateLine(opened.parent(), disk.shared));
                            room.nextLine = Math.max(room.nextLine, opened.line() + 1);
                        });
        commit.changes().forEach(change -> room.lines.get(change.at().line()).apply(change));
        changeMemberships();
        commit.outbox().forEach(entry -> disk.outbox.add(room.id, entry.event(), entry.audience()));
        commit.client()
                .ifPresent(
                        client ->
                                room.clientTransactions.put(
                                        client, commit.events().getFirst().pdu().id()));
        commit.arrival().ifPresent(this::arrive);
        commit.unstaged().forEach(room.staged::remove);
        commit.staged().forEach(event -> room.staged.putIfAbsent(event.id(), event));
        disk.health.add(room.id, commit.resets());
        moveTip();
        var written = new LinkedHashSet<EventId>();
        commit.events().forEach(write -> written.add(write.pdu().id()));
        return new CommitResult.Committed(
                room.revision, disk.position, written.stream().map(room.events::get).toList());
    }

    /// An event that was staged came then, and not now.
    private void arrive(Arrival arrival) {
        for (var write : commit.events()) {
            if (!room.staged.containsKey(write.pdu().id())) {
                room.arrivals.put(write.pdu().id(), arrival);
            }
        }
        commit.staged().stream()
                .filter(event -> !room.staged.containsKey(event.id()))
                .forEach(event -> room.arrivals.put(event.id(), arrival));
    }

    private void moveTip() {
        boolean wasHeld = room.isHeld();
        boolean isHeld = wasHeld || !commit.extremities().isEmpty();
        room.extremities.clear();
        room.extremities.addAll(commit.extremities());
        if (isHeld && !(wasHeld && room.current.equals(commit.current()))) {
            long first = disk.position == positionBefore ? disk.position : positionBefore + 1;
            room.currentMoves.put(first, commit.current());
        }
        room.revision = isHeld ? room.revision + 1 : 0;
        room.current = commit.current();
        room.completeness = commit.completeness();
        if (!wasHeld) {
            room.version = commit.version();
        }
    }

    private void write(EventWrite write) {
        var pdu = disk.shared.kept(write.pdu());
        var id = pdu.id();
        var before = room.event(id);
        var position = position(write, before);
        var order = order(write, before, position);
        before.flatMap(event -> boxed(event.position())).ifPresent(room.byPosition::remove);
        before.flatMap(event -> boxed(event.order())).ifPresent(room.byOrder::remove);
        position.ifPresent(at -> room.byPosition.put(at, id));
        order.ifPresent(at -> room.byOrder.put(at, id));
        room.events.put(
                id,
                disk.shared.kept(
                        new StoredEvent(
                                pdu,
                                write.kind(),
                                write.status(),
                                write.refusal(),
                                write.before(),
                                write.after(),
                                position,
                                order)));
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }

    private OptionalLong position(EventWrite write, Optional<StoredEvent> before) {
        if (write.kind() != EventKind.LIVE || write.status() != EventStatus.ACCEPTED) {
            return OptionalLong.empty();
        }
        var had = before.map(StoredEvent::position).orElse(OptionalLong.empty());
        return had.isPresent() ? had : OptionalLong.of(++disk.position);
    }

    private OptionalLong order(
            EventWrite write, Optional<StoredEvent> before, OptionalLong position) {
        if (position.isPresent()) {
            return OptionalLong.of(TimelineStore.orderAt(position.getAsLong()));
        }
        if (write.kind() != EventKind.HISTORICAL || write.status() != EventStatus.ACCEPTED) {
            return OptionalLong.empty();
        }
        if (before.isPresent()
                && before.get().order().isPresent()
                && before.get().position().isEmpty()) {
            return before.get().order();
        }
        long anchor = write.orderBefore().orElseThrow();
        long free = anchor - 1;
        while (room.byOrder.containsKey(free)) {
            free--;
        }
        return OptionalLong.of(free);
    }

    private void changeMemberships() {
        commit.currentChanges()
                .forEach(
                        (key, event) -> {
                            if (key.type().equals("m.room.member")) {
                                UserId.parse(key.stateKey())
                                        .ifPresent(user -> changeMembership(user, event));
                            }
                        });
    }

    private void changeMembership(UserId user, Optional<EventId> event) {
        var membership =
                event.map(id -> room.events.get(id).pdu())
                        .flatMap(pdu -> pdu.content().string("membership"))
                        .orElse("leave");
        room.members.set(user, membership.equals("join"));
        if (!user.server().equals(disk.owner())) {
            return;
        }
        var cause = event.or(() -> disk.memberships.lastEvent(user, room.id));
        cause.ifPresent(
                id ->
                        disk.memberships.add(
                                user,
                                new MembershipTable.Change(
                                        room.id, membership, positionOf(id), id, true)));
    }

    /// Its event's, if that came with this very change; else the newest.
    private long positionOf(EventId event) {
        var position = room.events.get(event).position();
        return position.isPresent() && position.getAsLong() > positionBefore
                ? position.getAsLong()
                : disk.position;
    }
}
