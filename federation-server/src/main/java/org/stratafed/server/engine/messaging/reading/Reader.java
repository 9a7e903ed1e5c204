package org.stratafed.server.engine.messaging.reading;

import java.util.Optional;
import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.id.UserId;

/// Who reads a room: which user, on which device if that matters, and how long they are in it.
///
/// @param joinedUntil the order of the event that ended the reader's last time in the room: that
///     they join after an event is so for those before it. The highest there is for who is in the
///     room, the lowest for who never was
/// @param seesOwnMembership whether all changes of the reader's own membership are shown, as in a
///     sync, where they are what puts a room into another place
public record Reader(
        UserId user, Optional<DeviceId> device, long joinedUntil, boolean seesOwnMembership) {

    static Reader of(UserId user, Standing standing) {
        return new Reader(user, Optional.empty(), standing.joinedUntil(), false);
    }

    /// A device that follows a room.
    public static Reader following(UserId user, DeviceId device, long joinedUntil) {
        return new Reader(user, Optional.of(device), joinedUntil, true);
    }

    boolean joinsAfter(long order) {
        return order < joinedUntil;
    }
}
