package org.stratafed.api.layer.pdu;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.DroppedPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;

/// Why events are what they are here, and what state rooms are in, for who looks after them.
public interface Explanations {

    /// Empty when no copy of the event was seen, or only such as are no longer remembered.
    Uni<Optional<EventExplanation>> event(EventId event);

    /// Empty when the room is not held here.
    Uni<Optional<RoomExplanation>> room(RoomId room);

    /// The newest copies of events from a server that were not kept, newest first.
    Uni<List<DroppedPdu>> dropped(ServerName origin);
}
