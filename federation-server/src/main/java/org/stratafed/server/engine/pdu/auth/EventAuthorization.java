package org.stratafed.server.engine.pdu.auth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.Signatures;

/// The authorization rules. Pure: the same event and the same state get the same verdict, whoever
/// asks and when.
///
/// An event is checked against three states: that of its own auth events, that before it, and the
/// room's current one. What doesn't depend on any state is [#checkAuthEvents], once per event.
/// The numbers next to the rules are those of room version 12; those of verdicts are of the
/// event's own room version.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#authorisation-rules">Authorization
///     rules</a>
public final class EventAuthorization {

    private EventAuthorization() {}

    /// What the state says about the event: all rules but the one about `auth_events`.
    public static AuthVerdict check(
            RoomVersionRules rules, Pdu event, AuthState state, Signatures signatures) {
        // 1. The create event starts from nothing.
        if (event.type().equals(AuthTypes.CREATE)) {
            return CreateRules.check(rules, event);
        }
        var create = state.event(AuthTypes.CREATE, "");
        if (create.isEmpty()) {
            return RuleNumbers.of(rules)
                    .createMissing("The room has no create event that was accepted.");
        }
        // 2. The room ID has to be that of the create event, where the one follows from the other.
        if (rules.roomIdIsCreateHash() && !isRoomOf(create.get(), event)) {
            return RuleNumbers.of(rules)
                    .createMissing(
                            "The room ID "
                                    + event.roomId()
                                    + " is not that of the create event "
                                    + create.get().id()
                                    + ".");
        }
        return checkInRoom(AuthContext.of(rules, event, state, create.get()), signatures);
    }

    /// Whether the event's `auth_events` are what they have to be, whatever the state.
    ///
    /// @param cited all of them, in the event's order
    public static AuthVerdict checkAuthEvents(
            RoomVersionRules rules, Pdu event, List<CitedAuthEvent> cited) {
        return event.type().equals(AuthTypes.CREATE)
                ? AuthVerdict.ALLOWED
                : AuthEventsRules.check(rules, event, cited);
    }

    /// What the event's own auth events say about it: whether they are what they have to be, and
    /// what the state that they make says.
    ///
    /// @param cited all of them, in the event's order
    /// @param implied the create event that the room's ID cites, where it does, unless rejected
    public static AuthVerdict checkByAuthEvents(
            RoomVersionRules rules,
            Pdu event,
            List<CitedAuthEvent> cited,
            Optional<Pdu> implied,
            Signatures signatures) {
        var shape = checkAuthEvents(rules, event, cited);
        if (!shape.isAllowed()) {
            return shape;
        }
        return check(rules, event, stateOf(cited, implied), signatures);
    }

    /// The state that an event's own auth events make.
    ///
    /// @param implied the create event that the room's ID cites, where it does, unless rejected
    public static AuthState stateOf(List<CitedAuthEvent> cited, Optional<Pdu> implied) {
        var state = new LinkedHashMap<StateKeyTuple, Pdu>();
        for (var auth : cited) {
            auth.event().stateTuple().ifPresent(key -> state.putIfAbsent(key, auth.event()));
        }
        implied.ifPresent(create -> state.put(new StateKeyTuple(AuthTypes.CREATE, ""), create));
        return (type, key) -> Optional.ofNullable(state.get(new StateKeyTuple(type, key)));
    }

    private static boolean isRoomOf(Pdu create, Pdu event) {
        return event.roomId().createEvent().equals(Optional.of(create.id()));
    }

    private static AuthVerdict checkInRoom(AuthContext context, Signatures signatures) {
        var event = context.event();
        var numbers = context.numbers();
        var sender = context.sender();

        // 4. Of a room that doesn't federate, other servers' users can't be.
        if (context.isKeptOut(sender.server())) {
            return numbers.federation(
                    sender
                            + " is not of the server that made the room, and the room doesn't"
                            + " federate.");
        }
        // 4 up to room version 5. Aliases are their server's, whoever of it sets them.
        if (context.rules().aliasesAuthorised() && event.type().equals(AuthTypes.ALIASES)) {
            return checkAliases(context);
        }
        // 5. Memberships have rules of their own.
        if (event.type().equals(AuthTypes.MEMBER)) {
            return MembershipRules.check(context, signatures);
        }
        // 6. All else takes a member.
        if (!context.isJoined(sender)) {
            return numbers.notJoined(sender + " is not in the room.");
        }
        // 7.1. An address can be invited by who can invite a user.
        if (event.type().equals(AuthTypes.THIRD_PARTY_INVITE)) {
            return context.senderPower().isAtLeast(context.powerLevels().invite())
                    ? AuthVerdict.ALLOWED
                    : numbers.thirdPartyInvite(
                            Reasons.tooLittle(context, context.powerLevels().invite(), "invite"));
        }
        return checkPowers(context);
    }

    private static AuthVerdict checkAliases(AuthContext context) {
        // 4.1. They are state.
        var stateKey = context.event().stateKey();
        if (stateKey.isEmpty()) {
            return context.numbers().aliases(1, "Aliases are set for a server, as state.");
        }
        // 4.2. Each server sets its own.
        var server = context.sender().server().value();
        if (!stateKey.get().equals(server)) {
            return context.numbers()
                    .aliases(2, context.sender() + " cannot set the aliases of another server.");
        }
        // 4.3. Otherwise it may.
        return AuthVerdict.ALLOWED;
    }

    private static AuthVerdict checkPowers(AuthContext context) {
        var event = context.event();
        // 8. Each type of event takes some power.
        var required = context.powerLevels().required(event.type(), event.isState());
        if (required.isAbove(context.senderPower())) {
            return context.numbers()
                    .requiredPower(Reasons.tooLittle(context, required, "send " + event.type()));
        }
        // 9. State keys that look like users are theirs.
        if (event.stateKey().filter(key -> isOfAnother(key, context)).isPresent()) {
            return context.numbers()
                    .userStateKey(
                            context.sender()
                                    + " cannot set state of "
                                    + event.stateKey().get()
                                    + ": a state key that starts with @ is that user's own.");
        }
        // 10. Power levels change within the sender's own power.
        if (event.type().equals(AuthTypes.POWER_LEVELS)) {
            return PowerLevelRules.check(context);
        }
        // 11 up to room version 2. To redact takes a right, and not only when it is done.
        if (context.rules().redactionAuthorised() && event.type().equals(AuthTypes.REDACTION)) {
            return RedactionRules.check(context);
        }
        // 11. Everything else is allowed.
        return AuthVerdict.ALLOWED;
    }

    private static boolean isOfAnother(String stateKey, AuthContext context) {
        return stateKey.startsWith("@") && !stateKey.equals(context.sender().value());
    }
}
