package org.stratafed.server.engine.pdu.resolution;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.Signatures;
import org.stratafed.server.engine.pdu.auth.EventAuthorization;

/// The iterative auth checks: events are replayed one after the other, and those that the state so
/// far allows become part of it.
///
/// What that state lacks of what an event has to be checked against is taken from the event's own
/// auth events, unless they were rejected.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v11/#definitions">Iterative auth checks</a>
final class IterativeAuthChecks {

    private final RoomVersionRules rules;
    private final EventGraph graph;
    private final CitedState citedState;
    private final Signatures signatures;
    private final ReplayedState state;
    private final Consumer<Replay> listener;

    /// @param listener told of each event's turn
    IterativeAuthChecks(
            RoomVersionRules rules,
            EventGraph graph,
            CitedState citedState,
            Signatures signatures,
            ReplayedState state,
            Consumer<Replay> listener) {
        this.rules = rules;
        this.graph = graph;
        this.citedState = citedState;
        this.signatures = signatures;
        this.state = state;
        this.listener = listener;
    }

    void replay(List<Pdu> events, boolean amongPowerEvents) {
        for (var event : events) {
            var consulted = new LinkedHashMap<StateKeyTuple, Optional<EventId>>();
            var verdict =
                    EventAuthorization.check(
                            rules,
                            event,
                            (type, stateKey) -> {
                                var key = new StateKeyTuple(type, stateKey);
                                var found = stateFor(event, key);
                                consulted.put(key, found.map(Pdu::id));
                                return found;
                            },
                            signatures);
            listener.accept(new Replay(event, amongPowerEvents, verdict, consulted));
            if (verdict.isAllowed()) {
                event.stateTuple().ifPresent(key -> state.set(key, event.id()));
            }
        }
    }

    private Optional<Pdu> stateFor(Pdu event, StateKeyTuple key) {
        return state.get(key)
                .flatMap(graph::event)
                .or(() -> citedState.citedAndAccepted(event, key));
    }
}
