package org.stratafed.server.engine.pdu.resolution;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;

/// The events of a room, with their edges, as far as a resolution asks for them: those of the full
/// conflicted set, all that these cite, and what authorizes them in the states to be resolved.
///
/// An implementation that has not loaded something yet may throw an exception of its own: it
/// passes through, and the same question is asked anew when it has.
public interface EventGraph extends AuthEdges {

    /// The event; empty if this server will never know it.
    Optional<Pdu> event(EventId id);

    @Override
    List<EventId> authEvents(EventId id);

    /// Whether the event was rejected. One that isn't known is not.
    boolean isRejected(EventId id);
}
