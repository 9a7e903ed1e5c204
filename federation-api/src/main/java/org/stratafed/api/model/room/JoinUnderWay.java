package org.stratafed.api.model.room;

import java.util.Optional;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;

/// How far a join through another server has come. A large room takes minutes.
///
/// @param through the server that is asked now, once one is
/// @param startedTs milliseconds since the epoch
/// @param receivedBytes what that server has sent of the room so far; how much is to come it
///     doesn't say
/// @param receivedEvents events of the room that it has sent
/// @param verifiedEvents those whose hashes and signatures have been checked
/// @param storedEvents those that are stored
/// @param droppedEvents those that are left out of the room, since they did not pass their checks
public record JoinUnderWay(
        RoomId room,
        UserId user,
        Optional<ServerName> through,
        long startedTs,
        long receivedBytes,
        int receivedEvents,
        int verifiedEvents,
        int storedEvents,
        int droppedEvents) {}
