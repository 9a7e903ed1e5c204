package org.stratafed.server.engine.messaging.sync;

import java.util.OptionalLong;
import org.stratafed.api.model.id.RoomId;

/// What of a room is to be shown in a sync: the events and the changes of state between two
/// positions of the stream.
///
/// @param joined whether the room is one the user is in, or one they left
/// @param after where the timeline starts at the earliest
/// @param upTo where timeline and state end: where the user left, if they did
/// @param stateSince which state the client has; empty if it is to have the whole
/// @param isNew whether the room is new to the client, or is so again after an absence
record RoomTask(
        RoomId room,
        boolean joined,
        long after,
        long upTo,
        OptionalLong stateSince,
        boolean isNew) {

    boolean wholeState() {
        return stateSince.isEmpty();
    }
}
