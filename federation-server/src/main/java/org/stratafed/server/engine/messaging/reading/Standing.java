package org.stratafed.server.engine.messaging.reading;

import java.util.OptionalLong;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.TimelineStore;

/// What a user is to a room now, as a reader of it.
///
/// @param current the room's state now
/// @param left where in the stream the user's last time in the room ended; empty for one who is in
///     the room, and for one who never was
/// @param worldReadable whether anybody may read the room now
public record Standing(
        StatePoint current, boolean joined, OptionalLong left, boolean worldReadable) {

    /// See [Reader#joinedUntil()].
    long joinedUntil() {
        if (joined) {
            return Long.MAX_VALUE;
        }
        return left.isPresent() ? TimelineStore.orderAt(left.getAsLong()) : Long.MIN_VALUE;
    }

    void requireReads() {
        if (!joined && left.isEmpty() && !worldReadable) {
            throw notInRoom();
        }
    }

    /// Whether what the room is now is open to the user, not only what it was.
    public void requireSeesNow() {
        if (!joined && !worldReadable) {
            throw notInRoom();
        }
    }

    static MatrixException notInRoom() {
        return MatrixException.forbidden("you are not in this room");
    }
}
