package org.stratafed.api.model.id;

import java.util.Objects;
import org.stratafed.api.model.json.CodePoints;

/// What a state event sets: of all events with the same type and state key, a room's state has at
/// most one. Ordered by type, then by state key, by code point.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#room-state-resolution">Room state
///     resolution</a>
public record StateKeyTuple(String type, String stateKey) implements Comparable<StateKeyTuple> {

    public StateKeyTuple {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(stateKey, "stateKey");
    }

    @Override
    public int compareTo(StateKeyTuple other) {
        int byType = CodePoints.compare(type, other.type);
        return byType != 0 ? byType : CodePoints.compare(stateKey, other.stateKey);
    }

    @Override
    public String toString() {
        return "(" + type + ", " + stateKey + ")";
    }
}
