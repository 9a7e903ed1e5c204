package org.stratafed.api.spi.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.SequencedSet;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.Gap;
import org.stratafed.api.model.room.StateReset;

/// What is the matter with rooms: what of them can't be had, and where their state went back. State
/// resets come with the [RoomCommit] in which they happen.
public interface RoomHealthStore {

    int RESETS_PER_ROOM_MAX = 100;
    int RESETS_MAX = 1_000;

    /// The room's gaps, in the order of the ids of what is missing.
    Uni<List<Gap>> gaps(RoomId room);

    /// The rooms that have gaps, for the start after a crash.
    Uni<List<RoomId>> roomsWithGaps();

    /// Takes these gaps of a room in place of what was known of the same missing events, and
    /// forgets those of the others.
    Uni<Void> saveGaps(RoomId room, List<Gap> gaps, SequencedSet<EventId> filled);

    /// The newest state resets of a room, newest first: [#RESETS_PER_ROOM_MAX] are kept.
    Uni<List<StateReset>> resets(RoomId room);

    /// The newest state resets of all rooms, newest first: [#RESETS_MAX] are kept.
    Uni<List<StateReset>> resets();
}
