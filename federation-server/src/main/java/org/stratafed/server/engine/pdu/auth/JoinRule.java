package org.stratafed.server.engine.pdu.auth;

import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;

/// Who may join a room without being let in by a member.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#mroomjoin_rules">
///     `m.room.join_rules`</a>
enum JoinRule {
    PUBLIC,
    INVITE,
    KNOCK,
    RESTRICTED,
    KNOCK_RESTRICTED,
    /// One that this room version doesn't know. Nobody can join.
    UNKNOWN;

    private static final String JOIN_RULE = "join_rule";

    /// What the state says; [RoomVersionRules#implicitJoinRule()] where it says nothing, be it
    /// for want of the event or of the property.
    static JoinRule of(RoomVersionRules rules, Optional<Pdu> joinRules) {
        var content = joinRules.map(Pdu::content).orElse(JsonObject.empty());
        return content.has(JOIN_RULE)
                ? content.string(JOIN_RULE).map(text -> parse(rules, text)).orElse(UNKNOWN)
                : parse(rules, rules.implicitJoinRule());
    }

    boolean admitsKnocks() {
        return this == KNOCK || this == KNOCK_RESTRICTED;
    }

    private static JoinRule parse(RoomVersionRules rules, String text) {
        return switch (text) {
            case "public" -> PUBLIC;
            case "invite" -> INVITE;
            case "knock" -> rules.knocking() ? KNOCK : UNKNOWN;
            case "restricted" -> rules.restrictedJoins() ? RESTRICTED : UNKNOWN;
            case "knock_restricted" -> rules.knockRestricted() ? KNOCK_RESTRICTED : UNKNOWN;
            default -> UNKNOWN;
        };
    }
}
