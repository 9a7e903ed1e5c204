package org.stratafed.api.layer.messaging;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;

/// Reading rooms, as a local user: nobody sees what the room's history visibility doesn't show.
public interface Timeline {

    /// What is new for the user since a token; waits up to the request's timeout when nothing is.
    Uni<SyncAnswer> sync(SyncRequest request);

    /// A page of a room's history. Backwards beyond what is here, other servers are asked.
    Uni<MessagesPage> messages(UserId user, MessagesRequest request);

    Uni<TimelineEvent> event(UserId user, RoomId room, EventId event);

    /// An event with what happened around it.
    Uni<EventContext> context(UserId user, ContextRequest request);

    /// The current state, or for a user who left, the state as of then.
    Uni<List<TimelineEvent>> state(UserId user, RoomId room);

    Uni<TimelineEvent> stateEvent(UserId user, RoomId room, String type, String stateKey);

    /// The membership events of the room's state, as [#state] shows it.
    Uni<List<TimelineEvent>> members(UserId user, RoomId room, MembersRequest request);

    /// The membership events of all who are joined now, for users who are joined themselves.
    Uni<List<TimelineEvent>> joinedMembers(UserId user, RoomId room);

    /// Live accepted events of all rooms after a position of the stream, for consumers with a
    /// cursor of their own: each once, in order, and only what is durable.
    Uni<List<TimelineEvent>> after(long position, int max);

    /// A page of history.
    ///
    /// @param start and `end`: tokens; `end` is empty when there is no more
    /// @param state the members that the page's events were sent by, when lazy loading asks so
    record MessagesPage(
            List<TimelineEvent> chunk,
            String start,
            Optional<String> end,
            List<TimelineEvent> state) {}

    /// @param from a token of sync or messages; empty for the newest (or oldest) there is
    /// @param to a token to stop at
    record MessagesRequest(
            RoomId room,
            Optional<String> from,
            Optional<String> to,
            boolean backwards,
            int limit,
            EventFilter filter) {}

    /// @param before what came before it, newest first
    /// @param after what came after it, oldest first
    /// @param start and `end`: tokens to page on with, backwards and forwards
    /// @param state the state as of the last of the events
    record EventContext(
            TimelineEvent event,
            List<TimelineEvent> before,
            List<TimelineEvent> after,
            String start,
            String end,
            List<TimelineEvent> state) {}

    /// @param limit how many events there may be around it, before and after together
    record ContextRequest(RoomId room, EventId event, int limit, EventFilter filter) {}

    /// @param at a token of sync or messages: the members as of then; empty for now
    /// @param membership only these; `notMembership` never these
    record MembersRequest(
            Optional<String> at, Optional<String> membership, Optional<String> notMembership) {

        public static final MembersRequest ALL =
                new MembersRequest(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
