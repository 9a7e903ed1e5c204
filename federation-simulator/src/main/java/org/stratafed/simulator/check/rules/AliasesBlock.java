package org.stratafed.simulator.check.rules;

import java.util.Optional;

/// Rule 4 up to version 5: "If type is `m.room.aliases`".
final class AliasesBlock implements RuleBlock {

    @Override
    public Optional<Ruling> apply(Terms terms) {
        if (!terms.isType("m.room.aliases")) {
            return Optional.empty();
        }
        // 1. If event has no `state_key`, reject.
        if (terms.event().stateKey().isEmpty()) {
            return Ruling.reject("1");
        }
        // 2. If sender's domain doesn't match `state_key`, reject.
        if (!Terms.domain(terms.sender()).equals(terms.stateKey())) {
            return Ruling.reject("2");
        }
        // 3. Otherwise, allow.
        return Ruling.allow("3");
    }
}
