package org.stratafed.simulator.check.rules;

import java.util.Optional;

/// Rule 7, and 8 in version 12, on the power that an event takes.
final class RequiredPowerBlock implements RuleBlock {

    @Override
    public Optional<Ruling> apply(Terms terms) {
        // If the event type's *required power level* is greater than the `sender`'s power level,
        // reject.
        if (terms.requiredPowerLevel().isGreaterThan(terms.senderPower())) {
            return Ruling.reject("");
        }
        return Optional.empty();
    }
}
