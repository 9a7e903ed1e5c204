package org.stratafed.simulator.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.store.UserMembership;

/// The changes of local users' memberships, in the order of the stream.
final class MembershipTable {

    private final Map<UserId, List<Change>> changes = new LinkedHashMap<>();

    /// One change.
    ///
    /// @param inRoom whether it came from inside a room that was held then
    record Change(
            RoomId room,
            String membership,
            long position,
            EventId event,
            boolean inRoom,
            List<JsonObject> strippedState) {

        Change(RoomId room, String membership, long position, EventId event, boolean inRoom) {
            this(room, membership, position, event, inRoom, List.of());
        }
    }

    /// Looks up the event of a change.
    interface Events {
        Pdu event(RoomId room, EventId event);
    }

    void addAll(MembershipTable other) {
        other.changes.forEach((user, its) -> changes.put(user, new ArrayList<>(its)));
    }

    void add(UserId user, Change change) {
        changes.computeIfAbsent(user, _ -> new ArrayList<>()).add(change);
    }

    Optional<EventId> lastEvent(UserId user, RoomId room) {
        return last(user, room).map(Change::event);
    }

    Optional<Change> last(UserId user, RoomId room) {
        return of(user).reversed().stream()
                .filter(change -> change.room().equals(room))
                .findFirst();
    }

    /// The newest of each room that is not after the position, by position.
    List<UserMembership> newest(UserId user, long upTo, Events events) {
        var newest = new LinkedHashMap<RoomId, UserMembership>();
        for (var membership : between(user, 0, upTo, events)) {
            newest.remove(membership.room());
            newest.put(membership.room(), membership);
        }
        return List.copyOf(newest.values());
    }

    List<UserMembership> between(UserId user, long after, long upTo, Events events) {
        return all(user, events).stream()
                .filter(change -> change.position() > after && change.position() <= upTo)
                .toList();
    }

    private List<UserMembership> all(UserId user, Events events) {
        var before = new LinkedHashMap<RoomId, String>();
        var memberships = new ArrayList<UserMembership>();
        for (var change : of(user)) {
            memberships.add(
                    new UserMembership(
                            change.room(),
                            change.membership(),
                            change.position(),
                            events.event(change.room(), change.event()),
                            change.inRoom(),
                            change.strippedState(),
                            Optional.ofNullable(before.get(change.room()))));
            before.put(change.room(), change.membership());
        }
        return memberships;
    }

    private List<Change> of(UserId user) {
        return changes.getOrDefault(user, List.of());
    }
}
