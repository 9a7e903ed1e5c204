package org.stratafed.server.engine.pdu.auth;

/// Whether the authorization rules let an event stand.
public sealed interface AuthVerdict {

    AuthVerdict ALLOWED = new Allowed();

    default boolean isAllowed() {
        return switch (this) {
            case Allowed _ -> true;
            case Denied _ -> false;
        };
    }

    record Allowed() implements AuthVerdict {}

    /// @param rule the rule's number in the text of the room's version, as in `5.3.2`
    /// @param reason a sentence for whoever wants to know what is wrong with the event
    record Denied(String rule, String reason) implements AuthVerdict {

        /// Reasons quote events, which can be long and have anything in them.
        public static final int REASON_CHARS_MAX = 1_000;

        public Denied {
            reason = Reasons.line(reason, REASON_CHARS_MAX);
        }
    }
}
