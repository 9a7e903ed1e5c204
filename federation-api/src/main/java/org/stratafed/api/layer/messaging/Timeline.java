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

    /// The current state, or for a user who left, the state as of then.
    Uni<List<TimelineEvent>> state(UserId user, RoomId room);

    Uni<TimelineEvent> stateEvent(UserId user, RoomId room, String type, String stateKey);

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
}
