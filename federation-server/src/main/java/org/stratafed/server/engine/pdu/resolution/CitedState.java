package org.stratafed.server.engine.pdu.resolution;

import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.RoomVersionRules;

/// What events say, by citing it, about the state they were made in.
///
/// Where the room version keeps the create event out of `auth_events`, the room's ID cites it.
final class CitedState {

    private final RoomVersionRules rules;
    private final EventGraph graph;

    CitedState(RoomVersionRules rules, EventGraph graph) {
        this.rules = rules;
        this.graph = graph;
    }

    /// The event that this one cites for the key. A cited event that isn't known is passed over.
    Optional<Pdu> cited(Pdu event, StateKeyTuple key) {
        if (rules.roomIdIsCreateHash() && key.equals(StateKeys.CREATE)) {
            return event.roomId().createEvent().flatMap(graph::event);
        }
        return event.authEvents().stream()
                .map(graph::event)
                .flatMap(Optional::stream)
                .filter(cited -> cited.isState(key.type(), key.stateKey()))
                .findFirst();
    }

    /// The same, unless the event was rejected.
    Optional<Pdu> citedAndAccepted(Pdu event, StateKeyTuple key) {
        return cited(event, key).filter(cited -> !graph.isRejected(cited.id()));
    }

    Optional<Pdu> powerLevels(Pdu event) {
        return cited(event, StateKeys.POWER_LEVELS);
    }

    Optional<Pdu> create(Pdu event) {
        return cited(event, StateKeys.CREATE);
    }
}
