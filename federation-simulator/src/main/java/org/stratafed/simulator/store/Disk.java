package org.stratafed.simulator.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.event.DroppedPdu;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.spi.store.OutOfBandMembership;
import org.stratafed.api.spi.store.PendingJoin;
import org.stratafed.api.spi.store.PendingPdu;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.api.spi.store.StoredEvent;

/// What a virtual server has that outlives its crashes: all that was durable, and nothing else.
///
/// Everything here is a plain step without delay; [SimStore] gives it time, and decides at a crash
/// what of that which was under way is here.
public final class Disk {

    private final ServerName owner;
    final SharedValues shared;
    private final Map<RoomId, RoomTable> rooms = new LinkedHashMap<>();
    final MembershipTable memberships = new MembershipTable();
    final OutboxTable outbox = new OutboxTable();
    final InboxTable inbox;
    final KeyTable keys;
    final DirectoryTable directory = new DirectoryTable();
    final HealthTable health = new HealthTable();
    final DroppedTable dropped = new DroppedTable();
    final Map<EventId, PendingJoin> joins = new LinkedHashMap<>();
    long position;
    private boolean isFull;
    private long slowness = 1;

    public Disk(ServerName owner) {
        this(owner, SharedValues.none());
    }

    /// @param shared what other disks have as well
    public Disk(ServerName owner, SharedValues shared) {
        this.owner = owner;
        this.shared = shared;
        keys = new KeyTable(shared);
        inbox = new InboxTable(shared);
    }

    /// One with the same on it, which goes its own way from now on.
    public Disk copy() {
        var copy = new Disk(owner, shared);
        rooms.forEach((id, room) -> copy.rooms.put(id, room.copy()));
        copy.memberships.addAll(memberships);
        copy.outbox.addAll(outbox);
        copy.inbox.addAll(inbox);
        copy.keys.addAll(keys);
        copy.directory.addAll(directory);
        copy.health.addAll(health);
        copy.dropped.addAll(dropped);
        copy.joins.putAll(joins);
        copy.position = position;
        return copy;
    }

    /// From now on nothing can be written, or it can again.
    public void setFull(boolean isFull) {
        this.isFull = isFull;
    }

    boolean isFull() {
        return isFull;
    }

    /// How many times longer than usual everything takes.
    public void setSlowness(long slowness) {
        this.slowness = slowness;
    }

    long slowed(long nanos) {
        return nanos * slowness;
    }

    /// Writes down another server's key, beside the engine.
    public void learnKey(ServerName server, ServerKey key) {
        keys.save(server, List.of(key));
    }

    public ServerName owner() {
        return owner;
    }

    public Collection<RoomTable> rooms() {
        return rooms.values();
    }

    public Optional<RoomTable> room(RoomId room) {
        return Optional.ofNullable(rooms.get(room));
    }

    Optional<RoomTable> held(RoomId room) {
        return room(room).filter(RoomTable::isHeld);
    }

    RoomTable roomOrNew(RoomId room, RoomVersion version) {
        return rooms.computeIfAbsent(room, id -> new RoomTable(id, version, new Members(shared)));
    }

    public Optional<RoomId> roomOf(EventId event) {
        return rooms.values().stream()
                .filter(room -> room.events.containsKey(event))
                .map(RoomTable::id)
                .findFirst();
    }

    public Optional<StoredEvent> event(EventId event) {
        for (var room : rooms.values()) {
            var found = room.event(event);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /// What a user of the server is to a room, as of the newest change.
    public Optional<String> membership(UserId user, RoomId room) {
        return memberships.last(user, room).map(MembershipTable.Change::membership);
    }

    /// Servers that something is still to be sent to.
    public List<ServerName> pendingDestinations() {
        return outbox.pendingDestinations();
    }

    /// The copies of an event that were dropped, newest first.
    public List<DroppedPdu> dropped(EventId event) {
        return dropped.those(pdu -> pdu.event().equals(Optional.of(event)));
    }

    public boolean isStaged(EventId event) {
        return rooms.values().stream().anyMatch(room -> room.staged.containsKey(event));
    }

    /// The events that wait in any room.
    public List<StagedEvent> staged() {
        return rooms.values().stream().flatMap(room -> room.staged.values().stream()).toList();
    }

    List<StoredEvent> stream(long after, long upTo, int max) {
        var found = new TreeMap<Long, StoredEvent>();
        for (var room : rooms.values()) {
            room.byPosition.subMap(after, false, Math.max(after, upTo), true).entrySet().stream()
                    .limit(max)
                    .forEach(it -> found.put(it.getKey(), room.events.get(it.getValue())));
        }
        return found.values().stream().limit(max).toList();
    }

    List<StoredEvent> newest(RoomId room, long after, long upTo, int max) {
        if (upTo <= after || room(room).isEmpty()) {
            return List.of();
        }
        var table = room(room).get();
        var newestFirst =
                table.byPosition.subMap(after, false, upTo, true).descendingMap().values().stream()
                        .limit(max)
                        .map(table.events::get)
                        .toList();
        return new ArrayList<>(newestFirst).reversed();
    }

    List<PendingPdu> pdus(List<OutboxTable.Row> rows) {
        return rows.stream()
                .map(
                        row ->
                                new PendingPdu(
                                        row.position(),
                                        row.room(),
                                        row.event(),
                                        new RawPdu(event(row.event()).orElseThrow().pdu().json())))
                .toList();
    }

    long record(OutOfBandMembership membership) {
        var event = membership.event();
        var room = roomOrNew(event.roomId(), membership.version());
        room.events.putIfAbsent(
                event.id(),
                new StoredEvent(
                        event,
                        EventKind.OUTLIER,
                        EventStatus.ACCEPTED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty()));
        memberships.add(
                membership.user(),
                new MembershipTable.Change(
                        room.id,
                        event.content().string("membership").orElse("leave"),
                        ++position,
                        event.id(),
                        false,
                        membership.strippedState()));
        return position;
    }
}
