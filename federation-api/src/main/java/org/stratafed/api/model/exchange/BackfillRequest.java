package org.stratafed.api.model.exchange;

import java.util.List;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;

/// The question for events and their predecessors; `limit` counts the `from` events too.
public record BackfillRequest(RoomId room, List<EventId> from, int limit) {}
