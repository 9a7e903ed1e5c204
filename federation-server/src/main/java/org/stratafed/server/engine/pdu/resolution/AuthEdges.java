package org.stratafed.server.engine.pdu.resolution;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;

/// The edges of a room's auth events: what each event cites in its `auth_events`.
///
/// An implementation that has not loaded something yet may throw an exception of its own: it
/// passes through, and the same question is asked anew when it has.
@FunctionalInterface
public interface AuthEdges {

    /// The events that this one cites, known or not. None for an event that isn't known itself.
    List<EventId> authEvents(EventId id);

    /// What the event sets, if that is at hand: a hint, for which nothing should be loaded. It
    /// saves looking for the event in a whole state.
    default Optional<StateKeyTuple> keyAtHand(EventId id) {
        return Optional.empty();
    }

    /// Says that the auth chains of all these events are about to be walked, so that who has to
    /// load them can do so at once. They may be as many as the room has state.
    default void prepare(Collection<EventId> events) {}
}
