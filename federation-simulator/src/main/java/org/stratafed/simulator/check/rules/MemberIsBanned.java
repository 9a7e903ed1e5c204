package org.stratafed.simulator.check.rules;

import java.util.Optional;

/// "If `membership` is `ban`", the sixth of the rules on members.
final class MemberIsBanned {

    private MemberIsBanned() {}

    static Optional<Ruling> apply(Terms terms, int number) {
        // 1. If the `sender`'s current membership state is not `join`, reject.
        if (!terms.membershipOf(terms.sender()).equals("join")) {
            return Ruling.reject(number + ".1");
        }
        // 2. If the `sender`'s power level is greater than or equal to the *ban level*, and the
        // *target user*'s power level is less than the `sender`'s power level, allow.
        if (terms.senderPower().isAtLeast(terms.banLevel())
                && terms.powerOf(terms.stateKey()).isLessThan(terms.senderPower())) {
            return Ruling.allow(number + ".2");
        }
        // 3. Otherwise, reject.
        return Ruling.reject(number + ".3");
    }
}
