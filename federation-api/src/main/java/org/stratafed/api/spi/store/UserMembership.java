package org.stratafed.api.spi.store;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonObject;

/// A user's membership in a room since a position.
///
/// @param membership `join`, `invite`, `leave`, `ban` or `knock`
/// @param position when it became so in this server's stream
/// @param event the membership event
/// @param inRoom whether this server held the room's state then; `false` for an out-of-band invite
/// @param strippedState what an out-of-band invite brought about the room
/// @param previous the membership before, in this server's stream
public record UserMembership(
        RoomId room,
        String membership,
        long position,
        Pdu event,
        boolean inRoom,
        List<JsonObject> strippedState,
        Optional<String> previous) {}
