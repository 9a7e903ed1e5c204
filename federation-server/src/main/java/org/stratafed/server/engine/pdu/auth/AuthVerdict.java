package org.stratafed.server.engine.pdu.auth;

import java.util.List;
import org.stratafed.api.model.id.EventId;

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
    /// @param cited of the events that are cited, those which are at fault
    record Denied(String rule, String reason, List<EventId> cited) implements AuthVerdict {

        /// Reasons quote events, which can be long and have anything in them.
        public static final int REASON_CHARS_MAX = 1_000;

        public Denied {
            reason = Reasons.line(reason, REASON_CHARS_MAX);
            cited = List.copyOf(cited);
        }

        public Denied(String rule, String reason) {
            this(rule, reason, List.of());
        }

        /// The same, on account of these events.
        Denied because(List<EventId> cited) {
            return new Denied(rule, reason, cited);
        }
    }
}
