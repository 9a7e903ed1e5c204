package org.stratafed.server.client.format;

import java.util.List;
import org.stratafed.api.layer.messaging.RoomCreationRequest;
import org.stratafed.api.layer.messaging.RoomCreationRequest.InitialState;
import org.stratafed.api.layer.messaging.RoomCreationRequest.Preset;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;

/// Reads what a client says of a room to be made.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom">
///     `createRoom`</a>
public final class RoomCreationReader {

    private RoomCreationReader() {}

    public static RoomCreationRequest read(JsonFields body) {
        return new RoomCreationRequest(
                body.string("room_version").map(RoomCreationReader::version),
                body.string("preset").map(RoomCreationReader::preset),
                body.string("visibility").filter("public"::equals).isPresent(),
                body.string("room_alias_name"),
                body.string("name"),
                body.string("topic"),
                body.identifiers("invite", UserId::parse).orElse(List.of()),
                body.bool("is_direct").orElse(false),
                body.objects("initial_state").stream()
                        .map(RoomCreationReader::initialState)
                        .toList(),
                body.object("creation_content").orElse(JsonObject.empty()),
                body.object("power_level_content_override").orElse(JsonObject.empty()));
    }

    private static RoomVersion version(String id) {
        return RoomVersion.parse(id)
                .filter(version -> RoomVersionRules.of(version).isPresent())
                .orElseThrow(
                        () ->
                                new MatrixException(
                                        MatrixErrorCode.UNSUPPORTED_ROOM_VERSION,
                                        "Not a room version this server supports"));
    }

    private static Preset preset(String name) {
        return switch (name) {
            case "private_chat" -> Preset.PRIVATE_CHAT;
            case "trusted_private_chat" -> Preset.TRUSTED_PRIVATE_CHAT;
            case "public_chat" -> Preset.PUBLIC_CHAT;
            default -> throw MatrixException.invalidParam("Not a preset");
        };
    }

    private static InitialState initialState(JsonFields event) {
        return new InitialState(
                new StateKeyTuple(
                        event.requiredString("type"), event.string("state_key").orElse("")),
                event.object("content")
                        .orElseThrow(() -> MatrixException.missingParam("content is missing")));
    }
}
