package org.stratafed.server.engine;

import java.util.List;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersion;

/// What makes this homeserver this one.
///
/// @param oldKeys keys it signed with before, with the time each went out of use
/// @param defaultRoomVersion of new rooms whose creator doesn't say
/// @param allowPrivateAddresses whether other servers may be at private or loopback addresses, as
///     in a network of one's own
public record HomeserverSettings(
        ServerName name,
        SigningKey key,
        List<ServerKey> oldKeys,
        RoomVersion defaultRoomVersion,
        boolean allowPrivateAddresses) {

    public HomeserverSettings {
        oldKeys = List.copyOf(oldKeys);
    }
}
