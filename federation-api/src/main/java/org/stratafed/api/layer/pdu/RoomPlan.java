package org.stratafed.api.layer.pdu;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;

/// A room to be made, whole.
///
/// @param room the room's id; empty where the room version derives it from the create event
/// @param createContent the create event's content without `room_version` and `creator`, which
///     the layer adds as the version wants them
/// @param events what follows the create event, in order, all sent by the creator
public record RoomPlan(
        RoomVersion version,
        Optional<RoomId> room,
        UserId creator,
        JsonObject createContent,
        List<PlannedEvent> events) {

    /// A state event of the plan.
    public record PlannedEvent(String type, String stateKey, JsonObject content) {}
}
