package org.stratafed.server.engine.pdu.auth;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.server.engine.pdu.auth.AuthVerdict.Denied;

/// What an event may cite in its `auth_events`. That a selected one is missing is no error: it
/// shows when the event is checked against the room's state.
final class AuthEventsRules {

    private AuthEventsRules() {}

    static AuthVerdict check(RoomVersionRules rules, Pdu event, List<CitedAuthEvent> cited) {
        var numbers = RuleNumbers.of(rules);
        return duplicate(numbers, cited)
                .or(() -> notSelected(rules, numbers, event, cited))
                .or(() -> rejected(numbers, cited))
                .or(() -> withoutCreate(rules, numbers, cited))
                .or(() -> ofAnotherRoom(numbers, event, cited))
                .<AuthVerdict>map(denied -> denied)
                .orElse(AuthVerdict.ALLOWED);
    }

    /// 3.1. No two set the same.
    private static Optional<Denied> duplicate(RuleNumbers numbers, List<CitedAuthEvent> cited) {
        SequencedSet<StateKeyTuple> seen = new LinkedHashSet<>();
        return cited.stream()
                .map(CitedAuthEvent::event)
                .filter(
                        event ->
                                event.stateTuple().isPresent()
                                        && !seen.add(event.stateTuple().get()))
                .findFirst()
                .map(
                        event ->
                                numbers.authEvents(
                                                1,
                                                "Two of the auth events set "
                                                        + event.stateTuple().orElseThrow()
                                                        + ".")
                                        .because(settingTheSame(event, cited)));
    }

    private static List<EventId> settingTheSame(Pdu event, List<CitedAuthEvent> cited) {
        return cited.stream()
                .map(CitedAuthEvent::event)
                .filter(other -> other.stateTuple().equals(event.stateTuple()))
                .map(Pdu::id)
                .toList();
    }

    /// 3.2. Each is of those that an event like this has to cite.
    private static Optional<Denied> notSelected(
            RoomVersionRules rules, RuleNumbers numbers, Pdu event, List<CitedAuthEvent> cited) {
        var selected = AuthEventSelection.select(rules, event);
        return cited.stream()
                .map(CitedAuthEvent::event)
                .filter(auth -> auth.stateTuple().filter(selected::contains).isEmpty())
                .findFirst()
                .map(
                        auth ->
                                numbers.authEvents(
                                                2,
                                                "The auth event "
                                                        + auth.id()
                                                        + " ("
                                                        + auth.type()
                                                        + ") is none that authorizes such an"
                                                        + " event.")
                                        .because(List.of(auth.id())));
    }

    /// 3.3. Each was itself accepted.
    private static Optional<Denied> rejected(RuleNumbers numbers, List<CitedAuthEvent> cited) {
        return cited.stream()
                .filter(CitedAuthEvent::rejected)
                .findFirst()
                .map(
                        auth ->
                                numbers.authEvents(
                                                3,
                                                "The auth event "
                                                        + auth.event().id()
                                                        + " was itself rejected.")
                                        .because(List.of(auth.event().id())));
    }

    /// 2.4 up to room version 11. The create event is one of them.
    private static Optional<Denied> withoutCreate(
            RoomVersionRules rules, RuleNumbers numbers, List<CitedAuthEvent> cited) {
        boolean isThere =
                cited.stream().anyMatch(auth -> auth.event().type().equals(AuthTypes.CREATE));
        return isThere || !rules.createInAuthEvents()
                ? Optional.empty()
                : Optional.of(
                        numbers.authEvents(4, "The create event is not among the auth events."));
    }

    /// 3.5. Each is of the same room.
    private static Optional<Denied> ofAnotherRoom(
            RuleNumbers numbers, Pdu event, List<CitedAuthEvent> cited) {
        return cited.stream()
                .map(CitedAuthEvent::event)
                .filter(auth -> !auth.roomId().equals(event.roomId()))
                .findFirst()
                .map(
                        auth ->
                                numbers.authEvents(
                                                5,
                                                "The auth event "
                                                        + auth.id()
                                                        + " is of another room, "
                                                        + auth.roomId()
                                                        + ".")
                                        .because(List.of(auth.id())));
    }
}
