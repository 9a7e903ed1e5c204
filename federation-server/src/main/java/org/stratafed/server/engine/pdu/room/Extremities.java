package org.stratafed.server.engine.pdu.room;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.RoomSnapshot.Extremity;
import org.stratafed.api.spi.store.StoredEvent;

/// The forward extremities of a room, growing in one turn, and what is known of events that come
/// before others which are placed already.
final class Extremities {

    /// How many events without a place are looked through for what is between others.
    static final int LATE_WALK_MAX = 1_000;

    /// As many as an event may cite.
    static final int EXTREMITIES_MAX = 20;

    private final RoomTransition transition;
    private final RoomMemory memory;
    private final SequencedMap<EventId, Extremity> extremities = new LinkedHashMap<>();
    private final SequencedSet<EventId> lacking = new LinkedHashSet<>();
    private final SequencedSet<EventId> late = new LinkedHashSet<>();
    private boolean restarted;

    Extremities(RoomTransition transition, RoomMemory memory) {
        this.transition = transition;
        this.memory = memory;
        memory.snapshot().map(RoomSnapshot::extremities).ifPresent(extremities::putAll);
    }

    SequencedMap<EventId, Extremity> all() {
        return Collections.unmodifiableSequencedMap(extremities);
    }

    /// Whether these are all of them.
    boolean areExactly(Collection<EventId> events) {
        return events.size() == extremities.size() && extremities.keySet().containsAll(events);
    }

    /// Of these events, those that one which is placed cites already, and those before them: they
    /// come late, and nothing new begins with them. What is stored without a place may be between
    /// them.
    ///
    /// @param waiting others that may be between them
    void expect(Collection<Pdu> events, Collection<Pdu> waiting) {
        var byId = new LinkedHashMap<EventId, Pdu>();
        waiting.forEach(event -> byId.put(event.id(), event));
        events.forEach(event -> byId.put(event.id(), event));
        SequencedSet<EventId> level = memory.lacking();
        while (!level.isEmpty() && late.size() < LATE_WALK_MAX) {
            transition.require(level);
            var next = new LinkedHashSet<EventId>();
            for (var id : level) {
                var stored = transition.event(id);
                var event =
                        stored.filter(it -> it.kind() == EventKind.OUTLIER)
                                .map(StoredEvent::pdu)
                                .or(() -> Optional.ofNullable(byId.get(id)));
                if (event.isPresent() && late.add(id)) {
                    next.addAll(event.get().prevEvents());
                }
            }
            level = next;
        }
    }

    /// Whether one that is placed comes after the event already.
    boolean isLate(Pdu pdu) {
        return memory.isLacking(pdu.id()) || late.contains(pdu.id());
    }

    /// The event becomes a forward extremity in place of those that it comes after; but none if one
    /// that is placed comes after it already.
    void extend(Pdu pdu, SequencedCollection<EventId> before, StatePoint after) {
        before.forEach(extremities::remove);
        if (extremities.isEmpty() || !isLate(pdu)) {
            extremities.put(pdu.id(), new Extremity(pdu.depth(), after));
        }
        prune();
    }

    /// Beyond the bound, of those that the very same state comes after the least deep ones go: they
    /// say nothing about the room's state that the one which stays doesn't say. What is lost is
    /// that the next event from here doesn't cite them. Those that each know another state all
    /// stay, since dropping one might take something back that somebody did.
    private void prune() {
        if (extremities.size() <= EXTREMITIES_MAX) {
            return;
        }
        var deepest = new LinkedHashMap<StatePoint, Long>();
        extremities.values().forEach(it -> deepest.merge(it.after(), it.depth(), Math::max));
        var kept = new LinkedHashMap<StatePoint, EventId>();
        extremities.forEach(
                (id, it) -> {
                    if (it.depth() == deepest.get(it.after())) {
                        kept.put(it.after(), id);
                    }
                });
        var spare = new ArrayList<>(extremities.sequencedKeySet());
        spare.removeAll(kept.values());
        spare.sort(Comparator.comparing(id -> extremities.get(id).depth()));
        spare.stream()
                .limit(extremities.size() - EXTREMITIES_MAX)
                .toList()
                .forEach(extremities::remove);
    }

    /// Nothing new begins with these, which an event that came late comes after. Answers whether
    /// that changes the forward extremities.
    boolean passOver(SequencedCollection<EventId> before) {
        return !before.containsAll(extremities.keySet()) && extremities.keySet().removeAll(before);
    }

    /// The event becomes the only forward extremity, whatever there was.
    void restartFrom(Pdu pdu, StatePoint after) {
        restarted = true;
        extremities.clear();
        extremities.put(pdu.id(), new Extremity(pdu.depth(), after));
    }

    /// Whether the room goes on from somewhere else than before.
    boolean areRestarted() {
        return restarted;
    }

    /// An event is placed although these, which it cites, are not.
    void leaveOut(Collection<EventId> ids) {
        lacking.addAll(ids);
    }

    SequencedSet<EventId> leftOut() {
        return lacking;
    }
}
