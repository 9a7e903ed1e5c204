package org.stratafed.server.engine.pdu.auth;

import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonBoolean;
import org.stratafed.api.model.room.RoomVersionRules;

/// An event, and the state it is checked against as the rules read it.
///
/// @param create the create event of that state
record AuthContext(
        RoomVersionRules rules,
        RuleNumbers numbers,
        Pdu event,
        AuthState state,
        Pdu create,
        PowerLevels powerLevels) {

    static AuthContext of(RoomVersionRules rules, Pdu event, AuthState state, Pdu create) {
        var powerLevels = PowerLevels.of(rules, create, state.event(AuthTypes.POWER_LEVELS, ""));
        return new AuthContext(rules, RuleNumbers.of(rules), event, state, create, powerLevels);
    }

    UserId sender() {
        return event.sender();
    }

    Power senderPower() {
        return powerLevels.of(sender());
    }

    boolean isJoined(UserId user) {
        return membership(user) == Membership.JOIN;
    }

    Membership membership(UserId user) {
        return Membership.of(state.event(AuthTypes.MEMBER, user.value()));
    }

    JoinRule joinRule() {
        return JoinRule.of(rules, state.event(AuthTypes.JOIN_RULES, ""));
    }

    Optional<Pdu> thirdPartyInvite(String token) {
        return state.event(AuthTypes.THIRD_PARTY_INVITE, token);
    }

    /// Whether `m.federate` keeps this server out of the room.
    ///
    /// The specification closes a room to others where the property is `false`. Deployed servers
    /// do where it is anything else than `true`, so a room with `"m.federate": "no"` is closed.
    boolean isKeptOut(ServerName server) {
        boolean federates =
                create.content().get("m.federate").map(JsonBoolean.TRUE::equals).orElse(true);
        return !federates && !server.equals(create.sender().server());
    }
}
