package org.stratafed.server.engine.pdu.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.AuthRule;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.Signatures;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.server.engine.pdu.auth.AuthEventSelection;
import org.stratafed.server.engine.pdu.auth.AuthState;
import org.stratafed.server.engine.pdu.auth.AuthVerdict;
import org.stratafed.server.engine.pdu.auth.CitedAuthEvent;
import org.stratafed.server.engine.pdu.auth.EventAuthorization;
import org.stratafed.server.engine.pdu.auth.NotedAuthState;

/// The checks on receipt that ask the authorization rules: each with the state that it is about,
/// and with what it found if the event fails it.
final class AuthorizationChecks {

    private static final StateKeyTuple CREATE = new StateKeyTuple("m.room.create", "");

    private final RoomTransition transition;
    private final Signatures signatures;

    AuthorizationChecks(RoomTransition transition, Signatures signatures) {
        this.transition = transition;
        this.signatures = signatures;
    }

    /// Whether the event's own auth events are what they have to be, and allow it. All of them are
    /// known.
    Optional<Refusal> againstAuthEvents(Pdu pdu) {
        var cited = new ArrayList<CitedAuthEvent>();
        for (var id : pdu.authEvents()) {
            var event = transition.event(id).orElseThrow();
            cited.add(new CitedAuthEvent(event.pdu(), event.status() == EventStatus.REJECTED));
        }
        var shape = EventAuthorization.checkAuthEvents(transition.rules(), pdu, cited);
        return refusal(PduCheck.AUTH_EVENTS, shape, List.of())
                .or(
                        () ->
                                against(
                                        PduCheck.AUTH_EVENTS,
                                        pdu,
                                        EventAuthorization.stateOf(cited, impliedCreate(pdu))));
    }

    private Optional<Pdu> impliedCreate(Pdu pdu) {
        return implicitCreate(pdu)
                .flatMap(transition::event)
                .filter(event -> event.status() != EventStatus.REJECTED)
                .map(StoredEvent::pdu);
    }

    /// In rooms whose id is their create event's hash, that event is cited by every other one
    /// without being listed.
    Optional<EventId> implicitCreate(Pdu pdu) {
        return transition.rules().roomIdIsCreateHash() && !pdu.isState("m.room.create", "")
                ? Optional.of(new EventId("$" + pdu.roomId().value().substring(1)))
                : Optional.empty();
    }

    Optional<Refusal> againstStateBefore(Pdu pdu, StatePoint before) {
        return secondCreate(pdu).or(() -> againstState(pdu, transition.lines().state(before)));
    }

    /// The same for a state that has no point yet.
    Optional<Refusal> againstState(Pdu pdu, StateMap before) {
        return against(PduCheck.STATE_BEFORE, pdu, stateOf(pdu, before));
    }

    Optional<Refusal> againstCurrentState(Pdu pdu) {
        return transition.current().isEmpty()
                ? Optional.empty()
                : against(PduCheck.CURRENT_STATE, pdu, stateOf(pdu, transition.currentState()));
    }

    /// A room has one create event; nothing in the rules for create events looks at the room.
    private Optional<Refusal> secondCreate(Pdu pdu) {
        return pdu.isState("m.room.create", "")
                ? transition
                        .currentState()
                        .get(CREATE)
                        .filter(create -> !create.equals(pdu.id()))
                        .map(AuthorizationChecks::createdBy)
                : Optional.empty();
    }

    private static Refusal createdBy(EventId create) {
        return new Refusal(
                PduCheck.STATE_BEFORE,
                Optional.empty(),
                "the room was created by " + create + " already",
                List.of(create));
    }

    private AuthState stateOf(Pdu pdu, StateMap state) {
        var deciding = new ArrayList<EventId>();
        for (var key : AuthEventSelection.select(transition.rules(), pdu)) {
            state.get(key).ifPresent(deciding::add);
        }
        state.get(CREATE).ifPresent(deciding::add);
        transition.require(deciding);
        return (type, key) ->
                state.get(new StateKeyTuple(type, key))
                        .flatMap(transition::event)
                        .map(StoredEvent::pdu);
    }

    private Optional<Refusal> against(PduCheck check, Pdu pdu, AuthState state) {
        var noted = new NotedAuthState(state);
        var verdict = EventAuthorization.check(transition.rules(), pdu, noted, signatures);
        return refusal(check, verdict, noted.found());
    }

    private static Optional<Refusal> refusal(
            PduCheck check, AuthVerdict verdict, List<EventId> looked) {
        return switch (verdict) {
            case AuthVerdict.Allowed() -> Optional.empty();
            case AuthVerdict.Denied(var rule, var reason, var cited) ->
                    Optional.of(
                            new Refusal(
                                    check,
                                    Optional.of(new AuthRule(rule)),
                                    reason,
                                    cited.isEmpty() ? looked : cited));
        };
    }
}
