package org.stratafed.api.layer.pdu;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.Gap;
import org.stratafed.api.model.room.StateReset;

/// What is the matter with rooms, for who looks after them.
public interface RoomHealth {

    /// What of the room can't be had for now.
    Uni<List<Gap>> gaps(RoomId room);

    /// The newest changes of the room's state that nobody made, newest first.
    Uni<List<StateReset>> resets(RoomId room);

    /// The newest ones of all rooms, newest first.
    Uni<List<StateReset>> resets();
}
