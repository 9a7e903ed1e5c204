package org.stratafed.server.engine.messaging;

import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;

/// What an operator may choose of the messaging layer.
///
/// @param local this server
/// @param defaultRoomVersion the version of rooms whose creator doesn't ask for one
public record MessagingSettings(ServerName local, RoomVersion defaultRoomVersion) {

    /// The settings of a server whose operator chose nothing.
    public static MessagingSettings of(ServerName local) {
        return new MessagingSettings(local, RoomVersionRules.recommended().version());
    }
}
