package org.stratafed.server.engine.pdu.room;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.room.StatePoint;

/// What a decision needs and the room's memory has not: it is read from the store, and the decision
/// is made anew. So a decision is a pure function of memory, and never waits.
///
/// A signal, not an error: it has no stack trace and leaves nothing half done, since a decision
/// writes only to a transition that is thrown away with it.
final class NotInMemory extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// What kind of thing is missing; a signal names things of one kind.
    sealed interface Need {
        record Events(SequencedSet<EventId> ids) implements Need {}

        record State(StatePoint point) implements Need {}

        record LineHead(int line) implements Need {}

        record AuthChains(SequencedSet<EventId> ids) implements Need {}

        record Residents() implements Need {}
    }

    private final transient Need need;

    private NotInMemory(Need need) {
        super(null, null, false, false);
        this.need = need;
    }

    static NotInMemory events(Collection<EventId> ids) {
        return new NotInMemory(new Need.Events(new LinkedHashSet<>(ids)));
    }

    static NotInMemory event(EventId id) {
        return events(List.of(id));
    }

    static NotInMemory state(StatePoint point) {
        return new NotInMemory(new Need.State(point));
    }

    static NotInMemory lineHead(int line) {
        return new NotInMemory(new Need.LineHead(line));
    }

    static NotInMemory authChains(Collection<EventId> ids) {
        return new NotInMemory(new Need.AuthChains(new LinkedHashSet<>(ids)));
    }

    static NotInMemory residents() {
        return new NotInMemory(new Need.Residents());
    }

    Need need() {
        return need;
    }
}
