package org.stratafed.api.spi.store;

import java.util.SequencedMap;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.StateCompleteness;
import org.stratafed.api.model.room.StatePoint;

/// The tip of a room, as of one revision.
///
/// @param revision grows by one with every commit; a commit based on an older one is a conflict
/// @param extremities the forward extremities, each with the state after it
/// @param current the room's current state: resolved over the state after all extremities
/// @param nextLine the first number that no state line of the room has
/// @param completeness whether the state is all there
public record RoomSnapshot(
        RoomId room,
        RoomVersion version,
        long revision,
        SequencedMap<EventId, Extremity> extremities,
        StatePoint current,
        int nextLine,
        StateCompleteness completeness) {

    /// One forward extremity: its depth and the state after it.
    public record Extremity(long depth, StatePoint after) {}
}
