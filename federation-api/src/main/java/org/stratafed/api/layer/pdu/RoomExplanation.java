package org.stratafed.api.layer.pdu;

import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.DroppedPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.Gap;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.StateCompleteness;
import org.stratafed.api.model.room.StateReset;

/// What state a room is in here.
///
/// @param sentence all of it in short
/// @param revision how many changes it has seen
/// @param extremities its forward extremities, each with its depth
/// @param waiting events that wait for something, oldest first
/// @param gaps what of it can't be had for now
/// @param resets changes of its state that nobody made, newest first
/// @param residents servers that are in it
/// @param lines how many lines its state has
/// @param refused the newest events that were rejected or soft-failed
/// @param dropped the newest copies of events that were not kept
public record RoomExplanation(
        RoomId room,
        String sentence,
        RoomVersion version,
        StateCompleteness completeness,
        long revision,
        SequencedMap<EventId, Long> extremities,
        SequencedMap<EventId, EventExplanation.Waiting> waiting,
        List<Gap> gaps,
        List<StateReset> resets,
        SequencedSet<ServerName> residents,
        int lines,
        List<EventExplanation.Verdict> refused,
        List<DroppedPdu> dropped) {}
