package org.stratafed.simulator.check.rules;

import java.util.Optional;

/// Rule 8, and 9 in version 12, on state keys that are users.
final class StateKeyBlock implements RuleBlock {

    @Override
    public Optional<Ruling> apply(Terms terms) {
        // If the event has a `state_key` that starts with an `@` and does not match the `sender`,
        // reject.
        var stateKey = terms.event().stateKey();
        if (stateKey.isPresent()
                && stateKey.get().startsWith("@")
                && !stateKey.get().equals(terms.sender())) {
            return Ruling.reject("");
        }
        return Optional.empty();
    }
}
