package org.stratafed.simulator.check.rules;

import java.util.Optional;

/// "If type is `m.room.third_party_invite`": rule 6, and 7 in version 12.
final class ThirdPartyInviteBlock implements RuleBlock {

    @Override
    public Optional<Ruling> apply(Terms terms) {
        if (!terms.isType("m.room.third_party_invite")) {
            return Optional.empty();
        }
        // 1. Allow if and only if `sender`'s current power level is greater than or equal to the
        // *invite level*.
        return Ruling.allowIf(terms.senderPower().isAtLeast(terms.inviteLevel()), "1");
    }
}
