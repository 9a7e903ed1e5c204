package org.stratafed.server.engine.messaging.reading;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.TimelineStore;

/// The memberships of those who sent what is shown, for clients that load members lazily.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#lazy-loading-room-members">
///     Lazy-loading room members</a>
public final class SenderMembers {

    private final TimelineStore timeline;
    private final StateViews states;

    public SenderMembers(TimelineStore timeline, StateViews states) {
        this.timeline = timeline;
        this.states = states;
    }

    /// As of the newest of the events; none if the filter doesn't have members loaded lazily.
    Uni<List<TimelineEvent>> of(RoomId room, List<ShownEvent> shown, EventFilter filter) {
        if (!filter.lazyLoadMembers() || shown.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var point = newest(shown).stored().after().orElseThrow();
        var keys = new LinkedHashSet<StateKeyTuple>();
        for (var event : shown) {
            keys.add(new StateKeyTuple("m.room.member", event.pdu().sender().value()));
        }
        var wanted = new LinkedHashMap<StatePoint, SequencedSet<StateKeyTuple>>();
        wanted.put(point, keys);
        return timeline.stateEvents(room, wanted)
                .map(found -> List.copyOf(found.get(point).values()))
                .chain(members -> states.ofPdus(room, members));
    }

    private static ShownEvent newest(List<ShownEvent> shown) {
        var first = shown.getFirst();
        var last = shown.getLast();
        return first.order() > last.order() ? first : last;
    }
}
