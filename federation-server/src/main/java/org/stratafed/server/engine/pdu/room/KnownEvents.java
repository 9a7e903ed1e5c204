package org.stratafed.server.engine.pdu.room;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.id.EventId;

/// Which of these events are known and have their place, so that another copy of them is no news.
/// Changes nothing.
///
/// @param cited what they cite, read along with them, since deciding on the others needs it next
public record KnownEvents(Collection<EventId> ids, Collection<EventId> cited)
        implements Decision<SequencedSet<EventId>> {

    @Override
    public SequencedSet<EventId> decide(RoomTransition transition, Deciding with) {
        var all = new LinkedHashSet<>(ids);
        all.addAll(cited);
        transition.require(all);
        var placed = new LinkedHashSet<>(ids);
        placed.removeIf(
                id ->
                        transition
                                .event(id)
                                .filter(event -> event.kind() != EventKind.OUTLIER)
                                .isEmpty());
        return placed;
    }
}
