package org.stratafed.api.model.exchange;

import org.stratafed.api.model.id.RoomId;

/// The question for the event of a room that is nearest to a time.
///
/// @param timestamp in milliseconds since the epoch
/// @param backwards whether the newest one not after that time is wanted, rather than the oldest
///     one not before it
public record TimestampRequest(RoomId room, long timestamp, boolean backwards) {}
