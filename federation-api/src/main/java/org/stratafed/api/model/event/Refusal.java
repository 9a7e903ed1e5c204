package org.stratafed.api.model.event;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.stratafed.api.model.id.EventId;

/// Which check an event failed, and why, in words an operator can act on.
///
/// @param rule the authorization rule that it broke, where that was it
/// @param deciding the events that decided: those which the rules looked at, in that order
public record Refusal(
        PduCheck check, Optional<AuthRule> rule, String reason, List<EventId> deciding) {

    public Refusal {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(reason, "reason");
        deciding = List.copyOf(deciding);
    }

    /// By a check that isn't made of authorization rules.
    public Refusal(PduCheck check, String reason) {
        this(check, Optional.empty(), reason, List.of());
    }

    /// What whoever sent the event is told: the rule's number, where there is one, and the reason.
    public String text() {
        return rule.map(broken -> broken + ": " + reason).orElse(reason);
    }
}
