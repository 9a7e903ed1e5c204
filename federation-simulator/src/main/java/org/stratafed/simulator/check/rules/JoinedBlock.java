package org.stratafed.simulator.check.rules;

import java.util.Optional;

/// Rule 5, and 6 in version 12, on who isn't in the room.
final class JoinedBlock implements RuleBlock {

    @Override
    public Optional<Ruling> apply(Terms terms) {
        // If the `sender`'s current membership state is not `join`, reject.
        if (!terms.membershipOf(terms.sender()).equals("join")) {
            return Ruling.reject("");
        }
        return Optional.empty();
    }
}
