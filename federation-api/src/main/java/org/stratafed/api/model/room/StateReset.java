package org.stratafed.api.model.room;

import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;

/// A part of a room's state that went back, or went away, though nobody did anything to that end:
/// state resolution took for it what had been replaced before.
///
/// @param at when, in milliseconds since the epoch
/// @param key whose event changed
/// @param former what it was set to before
/// @param chosen what it is set to now; empty if it is gone
/// @param sides what it is set to after each of the events that were resolved over: the forward
///     extremities. One with a value of empty knows of none
/// @param placed the events that came in the turn in which it happened
/// @param step the step of state resolution that decided
/// @param comparison what was compared there, and how it came out, in one sentence
public record StateReset(
        RoomId room,
        long at,
        StateKeyTuple key,
        EventId former,
        Optional<EventId> chosen,
        SequencedMap<EventId, Optional<EventId>> sides,
        SequencedSet<EventId> placed,
        Step step,
        String comparison) {

    /// A step of state resolution.
    public enum Step {
        /// The former event was replayed among the power events, and refused there.
        POWER_EVENTS_REFUSED,
        /// The former event was replayed along the mainline, and refused there.
        MAINLINE_REFUSED,
        /// Both were allowed, and the chosen one comes later in the order of power events.
        POWER_ORDERING,
        /// Both were allowed, and the chosen one comes later in the mainline ordering.
        MAINLINE_ORDERING,
        /// The first algorithm, which goes by depth.
        DEPTH,
        /// The former event was not looked at: none of the resolved states has it any more.
        NOT_IN_DISPUTE
    }
}
