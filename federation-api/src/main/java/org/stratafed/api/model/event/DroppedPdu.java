package org.stratafed.api.model.event;

import java.util.Optional;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;

/// A copy of an event, or of what was meant to be one, that was not kept. It says nothing of other
/// copies: one that is rightly signed is as good as ever.
///
/// @param index its place among those of its room that came along with it
/// @param room the room that it says it is of, if it says so
/// @param event empty when it isn't enough of an event to have an id
/// @param at when it came, in milliseconds since the epoch
public record DroppedPdu(
        Arrival arrival,
        int index,
        Optional<RoomId> room,
        Optional<EventId> event,
        Refusal refusal,
        long at) {}
