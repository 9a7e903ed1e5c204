package org.stratafed.api.model.room;

import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedSet;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;

/// An event that others cite and that can't be had for now: what waits for it, who was asked for it
/// and what each of them said. It is there until the event is, or until nothing needs it any more.
///
/// @param waiting events that are not decided on without it
/// @param endings events of the room's history that come directly after it: history ends there
/// @param asked the newest questions, oldest first; at most [#ASKED_MAX]
/// @param attempts how often all that could be asked were asked for it, at the times set for that
/// @param since when it was recorded, in milliseconds since the epoch
/// @param next when it is tried again; empty once it has been given up
public record Gap(
        RoomId room,
        EventId missing,
        SequencedSet<EventId> waiting,
        SequencedSet<EventId> endings,
        List<Asked> asked,
        int attempts,
        long since,
        OptionalLong next) {

    public static final int ASKED_MAX = 20;

    /// One question, and what came of it.
    ///
    /// @param at when it was answered, in milliseconds since the epoch
    /// @param question the endpoint asked
    public record Asked(ServerName server, long at, String question, String answer) {}
}
