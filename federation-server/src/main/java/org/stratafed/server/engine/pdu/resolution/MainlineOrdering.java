package org.stratafed.server.engine.pdu.resolution;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;

/// The mainline ordering: events that go by older power levels first, then the earlier, then the
/// one with the lower id.
///
/// The mainline of a power-levels event is that event, the one it cites, the one that one cites,
/// and so on. An event's place on it is where its own line of power levels meets it; an event that
/// never meets it goes before all others.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v11/#definitions">Mainline ordering</a>
final class MainlineOrdering {

    private static final int NOWHERE = Integer.MAX_VALUE;

    private final CitedState citedState;

    /// The mainline with its positions, the newest event's being 0; and the positions of all power
    /// levels whose way to it has been walked.
    private final SequencedMap<EventId, Integer> positions = new LinkedHashMap<>();

    /// @param powerLevels where the mainline starts; none if the room has no power levels
    MainlineOrdering(CitedState citedState, Optional<Pdu> powerLevels) {
        this.citedState = citedState;
        for (var next = powerLevels; next.isPresent(); next = citedState.powerLevels(next.get())) {
            if (positions.putIfAbsent(next.get().id(), positions.size()) != null) {
                return;
            }
        }
    }

    List<Pdu> sorted(Collection<Pdu> events) {
        var placed = new ArrayList<Placed>();
        events.forEach(event -> placed.add(new Placed(event, position(event))));
        placed.sort(
                Comparator.comparing(Placed::position, Comparator.reverseOrder())
                        .thenComparing(p -> p.event().originServerTs())
                        .thenComparing(p -> p.event().id()));
        return placed.stream().map(Placed::event).toList();
    }

    private record Placed(Pdu event, int position) {}

    private int position(Pdu event) {
        var walked = new ArrayList<EventId>();
        int position = NOWHERE;
        for (var next = citedState.powerLevels(event);
                next.isPresent();
                next = citedState.powerLevels(next.get())) {
            var known = positions.get(next.get().id());
            if (known != null) {
                position = known;
                break;
            }
            walked.add(next.get().id());
        }
        for (var id : walked) {
            positions.put(id, position);
        }
        return position;
    }
}
