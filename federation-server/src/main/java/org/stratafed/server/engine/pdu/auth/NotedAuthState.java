package org.stratafed.server.engine.pdu.auth;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;

/// A state that remembers what of it was looked at: the events that decide. What was looked for in
/// vain decides, too, but is no event.
public final class NotedAuthState implements AuthState {

    private final AuthState state;
    private final SequencedSet<EventId> found = new LinkedHashSet<>();

    public NotedAuthState(AuthState state) {
        this.state = state;
    }

    @Override
    public Optional<Pdu> event(String type, String stateKey) {
        var event = state.event(type, stateKey);
        event.ifPresent(it -> found.add(it.id()));
        return event;
    }

    /// The events that were found, in the order that they were first looked at in.
    public List<EventId> found() {
        return List.copyOf(found);
    }
}
