package org.stratafed.server.engine.pdu.room;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;

/// Events that are fetched because others cite them: checked against their own auth events and
/// kept without a place. Ones whose auth events are neither here nor among them are left out.
///
/// Answers how many of them are known afterwards.
public record StoreOutliers(List<Pdu> events, Optional<Arrival> arrival)
        implements Decision<Integer> {

    @Override
    public Integer decide(RoomTransition transition, Deciding with) {
        var ids = new LinkedHashSet<EventId>();
        events.forEach(event -> ids.add(event.id()));
        events.forEach(event -> ids.addAll(event.authEvents()));
        transition.require(ids);
        var receipt = new Receipt(transition, with.signatures());
        int known = 0;
        for (var event : TopologicalOrder.byAuthEvents(events)) {
            known += receipt.decideOutlier(event).isPresent() ? 1 : 0;
        }
        return known;
    }
}
