package org.stratafed.server.engine;

import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersion;

/// What makes this homeserver this one.
///
/// @param defaultRoomVersion of new rooms whose creator doesn't say
/// @param allowPrivateAddresses whether other servers may be at private or loopback addresses, as
///     in a network of one's own
public record HomeserverSettings(
        ServerName name,
        SigningKey key,
        RoomVersion defaultRoomVersion,
        boolean allowPrivateAddresses) {}
