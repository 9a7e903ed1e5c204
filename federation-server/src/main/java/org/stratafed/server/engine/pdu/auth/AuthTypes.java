package org.stratafed.server.engine.pdu.auth;

/// The types of state events that decide what other events are allowed.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#authorisation-rules">Authorization
///     rules</a>
final class AuthTypes {

    static final String ALIASES = "m.room.aliases";
    static final String CREATE = "m.room.create";
    static final String MEMBER = "m.room.member";
    static final String JOIN_RULES = "m.room.join_rules";
    static final String POWER_LEVELS = "m.room.power_levels";
    static final String REDACTION = "m.room.redaction";
    static final String THIRD_PARTY_INVITE = "m.room.third_party_invite";

    private AuthTypes() {}
}
