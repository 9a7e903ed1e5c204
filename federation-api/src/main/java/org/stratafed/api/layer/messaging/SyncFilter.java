package org.stratafed.api.layer.messaging;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.id.RoomId;

/// What of a sync a client wants to see.
///
/// @param rooms only these; `notRooms` never these
/// @param includeLeave whether rooms that were left long ago are shown in an initial sync
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#filtering">Filtering</a>
public record SyncFilter(
        Optional<List<RoomId>> rooms,
        List<RoomId> notRooms,
        boolean includeLeave,
        EventFilter timeline,
        EventFilter state) {

    public static final SyncFilter ALL =
            new SyncFilter(Optional.empty(), List.of(), false, EventFilter.ALL, EventFilter.ALL);
}
