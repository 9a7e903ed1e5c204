package org.stratafed.api.layer.pdu;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.DroppedPdu;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersion;

/// Why an event is what it is here.
///
/// @param sentence all of it in short
/// @param verdict what was decided, if it was
/// @param waiting what is waited for before it is decided
/// @param dropped copies of it that were not kept, newest first
/// @param stages what deciding on it took, for one of the newest events since the last start. What
///     came together was decided together, and took this together
/// @param fetches what was asked for on its account: it itself, and what it cites. Of the newest
///     since the last start
public record EventExplanation(
        EventId event,
        String sentence,
        Optional<RoomId> room,
        Optional<RoomVersion> version,
        Optional<Verdict> verdict,
        Optional<Waiting> waiting,
        List<DroppedPdu> dropped,
        SequencedMap<Stage, Duration> stages,
        List<Fetch> fetches) {

    /// What was decided on an event.
    ///
    /// @param deciding the events that decided: of one that was refused as they were then, of one
    ///     that was accepted those that the authorization rules look at in the state before it, or
    ///     among its auth events if that state isn't known
    /// @param arrival how it came; empty for one of our own
    public record Verdict(
            Pdu pdu,
            EventKind kind,
            EventStatus status,
            Optional<Refusal> refusal,
            List<EventId> deciding,
            Optional<Arrival> arrival) {}

    /// What an event waits for.
    ///
    /// @param missing of the events that it cites, those without which it is not decided
    public record Waiting(
            PduOutcome.Wait reason, SequencedSet<EventId> missing, Optional<Arrival> arrival) {}

    /// A stage of what happens to an event that comes.
    public enum Stage {
        /// Format, signatures and hash, the keys for them included.
        CHECKING,
        /// Until its room had time for it.
        WAITING,
        /// Reading from the store what memory lacked.
        READING,
        /// The authorization rules and state resolution.
        DECIDING,
        /// Until what was decided was durable.
        STORING
    }

    /// A question to another server, and what came of it.
    ///
    /// @param about the event that was asked for, or that the question was about
    /// @param at when it was asked, in milliseconds since the epoch
    public record Fetch(
            ServerName peer,
            String question,
            EventId about,
            long at,
            Duration took,
            String answer) {}
}
