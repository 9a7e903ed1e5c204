package org.stratafed.api.spi.store;

import java.util.List;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;

/// An invite that a user of ours rejected, or a knock that they took back, of which no server of
/// the room could be told so far.
///
/// @param servers those that are still to be asked
/// @param content what the user said beside the membership
/// @param tries how often they were asked in vain
/// @param nextTryTs when they are asked again, in milliseconds since the epoch
public record UntoldLeave(
        UserId user,
        RoomId room,
        RoomVersion version,
        List<ServerName> servers,
        JsonObject content,
        int tries,
        long nextTryTs) {

    public UntoldLeave {
        servers = List.copyOf(servers);
    }

    /// The same after another try in vain.
    public UntoldLeave later(List<ServerName> open, long nextTry) {
        return new UntoldLeave(user, room, version, open, content, tries + 1, nextTry);
    }
}
