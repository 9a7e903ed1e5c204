package org.stratafed.server.engine.messaging;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.messaging.RoomCreationRequest;
import org.stratafed.api.layer.messaging.RoomCreationRequest.Preset;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;

/// Requests for rooms, as tests make them.
final class RoomRequests {

    private RoomRequests() {}

    static RoomCreationRequest open() {
        return request("12", Preset.PUBLIC_CHAT, Optional.empty(), List.of());
    }

    static RoomCreationRequest open(String version, String alias) {
        return request(version, Preset.PUBLIC_CHAT, Optional.of(alias), List.of());
    }

    static RoomCreationRequest closed(UserId... invited) {
        return request("12", Preset.PRIVATE_CHAT, Optional.empty(), List.of(invited));
    }

    private static RoomCreationRequest request(
            String version, Preset preset, Optional<String> alias, List<UserId> invited) {
        return new RoomCreationRequest(
                Optional.of(new RoomVersion(version)),
                Optional.of(preset),
                false,
                alias,
                Optional.of("Lobby"),
                Optional.empty(),
                invited,
                true,
                List.of(),
                JsonObject.empty(),
                JsonObject.empty());
    }
}
