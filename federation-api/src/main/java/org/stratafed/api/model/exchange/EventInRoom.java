package org.stratafed.api.model.exchange;

import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;

/// An event of a room, as a question about either.
public record EventInRoom(RoomId room, EventId event) {}
