package org.stratafed.api.layer.messaging;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;

/// What is new for a user.
///
/// @param nextBatch the token to ask with next
public record SyncAnswer(
        String nextBatch,
        SequencedMap<RoomId, RoomUpdate> join,
        SequencedMap<RoomId, Invitation> invite,
        SequencedMap<RoomId, Invitation> knock,
        SequencedMap<RoomId, RoomUpdate> leave) {

    /// Whether there is nothing in it, so that it is worth waiting.
    public boolean isEmpty() {
        return join.isEmpty() && invite.isEmpty() && knock.isEmpty() && leave.isEmpty();
    }

    /// One room.
    ///
    /// @param timeline oldest first
    /// @param limited whether events between the last answer and the timeline were left out
    /// @param prevBatch the token to page back from the timeline's start
    /// @param state what changed in the state up to the timeline's start
    /// @param summary only where it may have changed
    public record RoomUpdate(
            List<TimelineEvent> timeline,
            boolean limited,
            String prevBatch,
            List<TimelineEvent> state,
            Optional<Summary> summary) {}

    /// @param heroes users to name a room by that has no name
    public record Summary(List<UserId> heroes, int joinedMembers, int invitedMembers) {}

    /// What a user is told of a room whom it invites, or who knocks.
    ///
    /// @param state stripped events: `sender`, `type`, `state_key`, `content`; the user's own
    ///     membership is the last one
    public record Invitation(List<JsonObject> state) {}
}
