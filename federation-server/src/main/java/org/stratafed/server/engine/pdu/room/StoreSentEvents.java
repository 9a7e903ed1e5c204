package org.stratafed.server.engine.pdu.room;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.spi.store.StoredEvent;

/// Some events of a room that is being sent to us, each after those that it cites for its
/// authorization: checked against these, and kept without a place. The room needn't be held here.
///
/// Answers which of them don't stand, and why.
public record StoreSentEvents(RoomVersion version, List<Pdu> events, Optional<Arrival> arrival)
        implements Decision<SequencedMap<EventId, Refusal>> {

    /// Why an event falls whose auth events can't be had.
    public static final Refusal LACKING =
            new Refusal(PduCheck.AUTH_EVENTS, "an event that it cites for that is missing");

    @Override
    public SequencedMap<EventId, Refusal> decide(RoomTransition transition, Deciding with) {
        var ids = new LinkedHashSet<EventId>();
        events.forEach(event -> ids.add(event.id()));
        events.forEach(event -> ids.addAll(event.authEvents()));
        transition.require(ids);
        var receipt = new Receipt(transition, with.signatures());
        var refused = new LinkedHashMap<EventId, Refusal>();
        for (var event : events) {
            var status = receipt.decideOutlier(event);
            if (status.isEmpty()) {
                refused.put(event.id(), LACKING);
            } else if (status.get() == EventStatus.REJECTED) {
                refused.put(event.id(), refusal(transition, event.id()));
            }
        }
        return refused;
    }

    private static Refusal refusal(RoomTransition transition, EventId id) {
        return transition.event(id).flatMap(StoredEvent::refusal).orElseThrow();
    }

    @Override
    public Optional<RoomVersion> newRoom() {
        return Optional.of(version);
    }
}
