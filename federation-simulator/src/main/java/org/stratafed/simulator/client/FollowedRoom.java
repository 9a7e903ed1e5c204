package org.stratafed.simulator.client;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.stratafed.api.layer.messaging.SyncAnswer.RoomUpdate;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Violations;
import org.stratafed.simulator.store.RoomTable;

/// What a client has been told of one room.
final class FollowedRoom {

    private final Violations violations;
    private final SimServer server;
    private final UserId user;
    private final RoomId id;
    private final Set<EventId> toldState = new LinkedHashSet<>();
    private long shownUpTo;
    private boolean isJoined;

    FollowedRoom(Violations violations, SimServer server, UserId user, RoomId id) {
        this.violations = violations;
        this.server = server;
        this.user = user;
        this.id = id;
    }

    /// @param joined whether the user is in the room after that
    void take(RoomUpdate update, boolean joined) {
        checkOrder(update.timeline());
        if (isJoined || joined) {
            check(server.disk().room(id).orElseThrow(), update);
        }
        update.state().forEach(this::note);
        update.timeline().forEach(this::note);
        shownUpTo = lastOf(update.timeline()).orElse(shownUpTo);
        isJoined = joined;
    }

    private void check(RoomTable room, RoomUpdate update) {
        if (isJoined && !update.limited()) {
            checkWhole(room, update.timeline());
        }
        var events = update.timeline();
        checkNoGap(
                room,
                update.limited() && !events.isEmpty() ? events.subList(1, events.size()) : events);
    }

    /// All state is kept: an event in a timeline need not have come to be the room's state, and
    /// nobody tells a client so.
    private void note(TimelineEvent event) {
        if (event.pdu().isState()) {
            toldState.add(event.pdu().id());
        }
    }

    private static Optional<Long> lastOf(List<TimelineEvent> timeline) {
        return timeline.isEmpty() ? Optional.empty() : Optional.of(position(timeline.getLast()));
    }

    private static long position(TimelineEvent event) {
        return event.position().orElseThrow();
    }

    private void checkOrder(List<TimelineEvent> timeline) {
        long last = shownUpTo;
        for (var event : timeline) {
            if (position(event) <= last) {
                violations.add(user + " is shown " + event.pdu() + " again, or out of order");
            }
            last = position(event);
        }
    }

    /// Who has been in the room all the time is shown all of it, unless he is told that it is not.
    private void checkWhole(RoomTable room, List<TimelineEvent> timeline) {
        long upTo = lastOf(timeline).orElse(shownUpTo);
        var missing = new TreeSet<EventId>();
        for (var event : room.events()) {
            long position = event.position().orElse(0);
            if (position > shownUpTo && position <= upTo && hasToBeShown(event)) {
                missing.add(event.pdu().id());
            }
        }
        timeline.forEach(event -> missing.remove(event.pdu().id()));
        if (!missing.isEmpty()) {
            violations.add(user + " is not shown " + missing + ", nor told that there is more");
        }
    }

    /// A redaction is shown only once it is known to be of something that its sender may redact.
    private static boolean hasToBeShown(StoredEvent event) {
        return !event.pdu().type().equals("m.room.redaction");
    }

    /// A client finds what is missing only if it is told that something is.
    private void checkNoGap(RoomTable room, List<TimelineEvent> timeline) {
        for (var event : timeline) {
            if (!event.pdu().prevEvents().stream().allMatch(room::isPlaced)) {
                violations.add(
                        user + " is not told that something is missing before " + event.pdu());
            }
        }
    }

    /// To be called while the client waits for what is new.
    void checkUpToDate(RoomTable room) {
        long last =
                room.events().stream()
                        .filter(FollowedRoom::hasToBeShown)
                        .mapToLong(event -> event.position().orElse(0))
                        .max()
                        .orElse(0);
        if (!isJoined || shownUpTo < last) {
            violations.add(user + " waits, and is not told what is new in " + id);
        }
        room.currentState()
                .forEach(
                        (key, event) -> {
                            if (!toldState.contains(event)) {
                                violations.add(
                                        "%s has not been told of the state %s %s in %s"
                                                .formatted(user, key, event, id));
                            }
                        });
    }

    void checkLeft() {
        if (isJoined) {
            violations.add(user + " waits, and is not told that he is no longer in " + id);
        }
    }
}
