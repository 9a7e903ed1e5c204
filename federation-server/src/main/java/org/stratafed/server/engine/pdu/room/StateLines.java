package org.stratafed.server.engine.pdu.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.RoomCommit.LineOpened;
import org.stratafed.api.spi.store.RoomCommit.StateChange;

/// The room's state as a tree of lines, growing in one turn.
///
/// A change goes onto the line it starts from when that line's newest version is meant, and opens a
/// line of its own otherwise: so a state event costs one row whatever the room's size, and a fork
/// costs what differs.
final class StateLines {

    private final RoomMemory memory;
    private final Map<StatePoint, StateMap> states = new LinkedHashMap<>();
    private final Map<Integer, Integer> heads = new LinkedHashMap<>();
    private final List<LineOpened> opened = new ArrayList<>();
    private final List<StateChange> changes = new ArrayList<>();
    private int nextLine;

    StateLines(RoomMemory memory, int nextLine) {
        this.memory = memory;
        this.nextLine = nextLine;
    }

    StateMap state(StatePoint point) {
        var fresh = states.get(point);
        return fresh != null ? fresh : memory.state(point);
    }

    /// The empty state, which a room starts from.
    StatePoint empty() {
        var point = open(Optional.empty());
        states.put(point, StateMap.empty());
        return point;
    }

    /// The state with one key set.
    StatePoint with(StatePoint from, StateKeyTuple key, EventId event) {
        var after = state(from).with(key, event);
        var changed = new LinkedHashMap<StateKeyTuple, Optional<EventId>>();
        changed.put(key, Optional.of(event));
        return step(from, changed, after);
    }

    /// The point of a state that was worked out elsewhere, reached from whichever of these points
    /// is nearest to it. No new point is made when one of them is the state already.
    StatePoint reach(List<StatePoint> nearby, StateMap target) {
        StatePoint nearest = null;
        SequencedMap<StateKeyTuple, Optional<EventId>> difference = null;
        for (var point : nearby) {
            var changed = state(point).changesTo(target);
            if (changed.isEmpty()) {
                return point;
            }
            if (difference == null
                    || changed.size() < difference.size()
                    || changed.size() == difference.size() && isHead(point) && !isHead(nearest)) {
                nearest = point;
                difference = changed;
            }
        }
        if (difference == null) {
            nearest = empty();
            difference = StateMap.empty().changesTo(target);
        }
        return step(nearest, difference, target);
    }

    private StatePoint step(
            StatePoint from,
            SequencedMap<StateKeyTuple, Optional<EventId>> changed,
            StateMap after) {
        var start = isHead(from) ? from : open(Optional.of(from));
        var point = start.next();
        changed.forEach((key, event) -> changes.add(new StateChange(point, key, event)));
        heads.put(point.line(), point.version());
        states.put(point, after);
        return point;
    }

    private StatePoint open(Optional<StatePoint> parent) {
        var point = new StatePoint(nextLine++, 0);
        opened.add(new LineOpened(point.line(), parent));
        heads.put(point.line(), 0);
        return point;
    }

    private boolean isHead(StatePoint point) {
        var fresh = heads.get(point.line());
        return (fresh != null ? fresh : memory.lineHead(point.line())) == point.version();
    }

    List<LineOpened> opened() {
        return List.copyOf(opened);
    }

    List<StateChange> changes() {
        return List.copyOf(changes);
    }

    int nextLine() {
        return nextLine;
    }

    Map<StatePoint, StateMap> newStates() {
        return states;
    }

    Map<Integer, Integer> newHeads() {
        return heads;
    }
}
