package org.stratafed.api.layer.messaging;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;

/// What a user may say of a room to be made.
///
/// @param version absent means the configured default
/// @param preset absent means `private_chat`, or `public_chat` for a published room
/// @param aliasLocalpart the local part of an alias on this server
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom">
///     `createRoom`</a>
public record RoomCreationRequest(
        Optional<RoomVersion> version,
        Optional<Preset> preset,
        boolean published,
        Optional<String> aliasLocalpart,
        Optional<String> name,
        Optional<String> topic,
        List<UserId> invite,
        boolean direct,
        List<InitialState> initialState,
        JsonObject creationContent,
        JsonObject powerLevelOverride) {

    /// What a room is like at first.
    public enum Preset {
        PRIVATE_CHAT,
        TRUSTED_PRIVATE_CHAT,
        PUBLIC_CHAT
    }

    public record InitialState(StateKeyTuple key, JsonObject content) {}
}
