package org.stratafed.server.engine.messaging.sync;

import java.util.OptionalLong;
import org.stratafed.api.layer.messaging.SyncFilter;
import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;

/// What a client asks, as of one position of the stream.
///
/// @param since how far the client has followed the stream; empty for a first sync
/// @param upTo where the stream was when the question was looked at: nothing after it is answered
record SyncQuestion(
        UserId user,
        DeviceId device,
        OptionalLong since,
        long upTo,
        boolean fullState,
        SyncFilter filter) {

    boolean admits(RoomId room) {
        return filter.rooms().map(rooms -> rooms.contains(room)).orElse(true)
                && !filter.notRooms().contains(room);
    }
}
