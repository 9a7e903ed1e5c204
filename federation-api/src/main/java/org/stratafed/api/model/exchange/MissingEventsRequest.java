package org.stratafed.api.model.exchange;

import java.util.List;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;

/// The question for events between what one has and what one was sent.
public record MissingEventsRequest(
        RoomId room, List<EventId> earliest, List<EventId> latest, int limit, long minDepth) {}
