package org.stratafed.server.engine.pdu.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.StagedEvent;

/// What one turn leaves waiting, and what it ends the wait of. How much may wait is bounded for the
/// room, and more narrowly for each server that sent it, so that none takes the others' room.
final class Staging {

    /// Events of a room that wait for others, at most.
    static final int STAGED_MAX = 10_000;

    static final int STAGED_PER_ORIGIN_MAX = 2_500;
    static final long STAGED_BYTES_PER_ORIGIN_MAX = 32L * 1_024 * 1_024;

    private final WaitingEvents waiting;
    private final List<StagedEvent> staged = new ArrayList<>();
    private final SequencedSet<EventId> ended = new LinkedHashSet<>();
    private final Map<ServerName, Share> shares = new LinkedHashMap<>();

    /// What of one server waits.
    record Share(int events, long bytes) {

        static final Share NOTHING = new Share(0, 0);

        Share plus(long moreBytes) {
            return new Share(events + 1, bytes + moreBytes);
        }

        private boolean isFull() {
            return events >= STAGED_PER_ORIGIN_MAX || bytes >= STAGED_BYTES_PER_ORIGIN_MAX;
        }
    }

    Staging(WaitingEvents waiting) {
        this.waiting = waiting;
    }

    /// Keeps an event for later, within the bounds, and answers what becomes of it by that.
    PduOutcome keep(StagedEvent event, PduOutcome.Deferred until) {
        if (waiting.has(event.id())) {
            return until;
        }
        var share = shares.computeIfAbsent(event.origin(), waiting::of);
        if (waiting.count() + staged.size() >= STAGED_MAX) {
            return dropped("too many events of the room wait for others");
        }
        if (share.isFull()) {
            return dropped("too many events of " + event.origin() + " wait for others");
        }
        shares.put(event.origin(), share.plus(WaitingEvents.bytes(event)));
        staged.add(event);
        return until;
    }

    private static PduOutcome dropped(String why) {
        return new PduOutcome.Dropped(new Refusal(PduCheck.AUTH_EVENTS, why));
    }

    /// The event waits no longer.
    void end(EventId event) {
        if (waiting.has(event)) {
            ended.add(event);
        }
    }

    List<StagedEvent> staged() {
        return staged;
    }

    SequencedSet<EventId> ended() {
        return ended;
    }

    boolean isEmpty() {
        return staged.isEmpty() && ended.isEmpty();
    }
}
