package org.stratafed.api.model.exchange;

import java.util.List;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;

/// An invite on its way to the invited user's server.
///
/// @param roomState events about the room, full ones or (from old servers) stripped ones
public record InviteRequest(
        RoomId room, EventId event, RoomVersion version, RawPdu pdu, List<JsonObject> roomState) {}
