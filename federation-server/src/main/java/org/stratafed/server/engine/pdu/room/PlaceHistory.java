package org.stratafed.server.engine.pdu.room;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.id.EventId;

/// Events from before what is here: placed in the room's history, and never live.
///
/// @param orderBefore the history order that they go directly before
/// @param given for the oldest of them, the events of the state before it as another server told
///     it; for the others it follows
public record PlaceHistory(
        List<Pdu> events,
        long orderBefore,
        SequencedMap<EventId, List<EventId>> given,
        Optional<Arrival> arrival)
        implements Decision<SequencedMap<EventId, PduOutcome>> {

    @Override
    public SequencedMap<EventId, PduOutcome> decide(RoomTransition transition, Deciding with) {
        var receipt = new Receipt(transition, with.signatures());
        var cited = new LinkedHashSet<EventId>();
        for (var event : events) {
            cited.add(event.id());
            cited.addAll(event.prevEvents());
            cited.addAll(event.authEvents());
        }
        transition.require(cited);
        transition.extremities().expect(events, List.of());
        var placement = Placement.historical(orderBefore);
        var outcomes = new LinkedHashMap<EventId, PduOutcome>();
        for (var event : TopologicalOrder.byPrevEvents(events)) {
            var state = given.get(event.id());
            outcomes.put(
                    event.id(),
                    state == null
                            ? receipt.decide(event, placement)
                            : receipt.decideWithState(
                                    event, ToldState.of(transition, state), placement));
        }
        return outcomes;
    }
}
