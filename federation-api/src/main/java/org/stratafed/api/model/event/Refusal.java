package org.stratafed.api.model.event;

import java.util.Objects;

/// Which check an event failed, and why, in words an operator can act on.
public record Refusal(PduCheck check, String reason) {

    public Refusal {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(reason, "reason");
    }
}
