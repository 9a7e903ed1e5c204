package org.stratafed.server.engine.messaging.sync;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.spi.Telemetry;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.server.engine.messaging.call.InBatches;

/// Follows the stream to wake those whom something that happened concerns: the local members of
/// its room, and whose membership it is. Where that can't be found out, all are woken.
final class WakeUps {

    static final int EVENTS_AT_ONCE_MAX = 100;
    private static final int ROOMS_AT_ONCE_MAX = 16;

    private final ServerName local;
    private final TimelineStore timeline;
    private final Waiters waiters;
    private final Telemetry telemetry;

    private boolean isRunning;
    private boolean hasBegun;
    private long seen;
    private long hinted;

    WakeUps(ServerName local, TimelineStore timeline, Waiters waiters, Telemetry telemetry) {
        this.telemetry = telemetry;
        this.local = local;
        this.timeline = timeline;
        this.waiters = waiters;
    }

    /// The stream has grown. What came before the first hint, whoever waits has read themselves, or
    /// is woken to.
    void onTimeline(long position) {
        hinted = Math.max(hinted, position);
        if (!hasBegun || waiters.isEmpty()) {
            hasBegun = true;
            seen = hinted;
            waiters.wakeAll();
        }
        follow();
    }

    private void follow() {
        if (isRunning || seen >= hinted) {
            return;
        }
        isRunning = true;
        long upTo = hinted;
        timeline.stream(seen, upTo, EVENTS_AT_ONCE_MAX)
                .chain(events -> concerned(events).invoke(waiters::wake).replaceWith(events))
                .subscribe()
                .with(
                        events -> go(events, upTo),
                        failure -> {
                            telemetry.defect("finding out whom to wake", failure);
                            waiters.wakeAll();
                            goOn(upTo);
                        });
    }

    private void go(List<StoredEvent> events, long upTo) {
        goOn(events.size() < EVENTS_AT_ONCE_MAX ? upTo : events.getLast().position().orElseThrow());
    }

    private void goOn(long position) {
        seen = Math.max(seen, position);
        isRunning = false;
        follow();
    }

    private Uni<SequencedSet<UserId>> concerned(List<StoredEvent> events) {
        var users = new LinkedHashSet<UserId>();
        var rooms = new LinkedHashSet<RoomId>();
        for (var event : events) {
            rooms.add(event.pdu().roomId());
            target(event.pdu(), users);
        }
        return InBatches.of(
                        new ArrayList<>(rooms),
                        ROOMS_AT_ONCE_MAX,
                        room -> timeline.localMembers(room, local))
                .map(
                        members -> {
                            members.forEach(users::addAll);
                            return users;
                        });
    }

    private static void target(Pdu event, SequencedSet<UserId> users) {
        if (event.type().equals("m.room.member")) {
            event.stateKey().flatMap(UserId::parse).ifPresent(users::add);
        }
    }
}
