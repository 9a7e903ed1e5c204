package org.stratafed.simulator.check.rules;

import java.util.Optional;

/// "If `membership` is `leave`", the fifth of the rules on members.
final class MemberLeaves {

    private MemberLeaves() {}

    static Optional<Ruling> apply(Terms terms, int number) {
        var sender = terms.membershipOf(terms.sender());
        // 1. If the `sender` matches `state_key`, allow if and only if that user's current
        // membership state is `invite`, `join`, or (from version 7 on) `knock`.
        if (terms.sender().equals(terms.stateKey())) {
            return Ruling.allowIf(
                    sender.equals("invite")
                            || sender.equals("join")
                            || (terms.edition().hasKnocking() && sender.equals("knock")),
                    number + ".1");
        }
        // 2. If the `sender`'s current membership state is not `join`, reject.
        if (!sender.equals("join")) {
            return Ruling.reject(number + ".2");
        }
        // 3. If the *target user*'s current membership state is `ban`, and the `sender`'s power
        // level is less than the *ban level*, reject.
        if (terms.membershipOf(terms.stateKey()).equals("ban")
                && terms.senderPower().isLessThan(terms.banLevel())) {
            return Ruling.reject(number + ".3");
        }
        // 4. If the `sender`'s power level is greater than or equal to the *kick level*, and the
        // *target user*'s power level is less than the `sender`'s power level, allow.
        if (terms.senderPower().isAtLeast(terms.kickLevel())
                && terms.powerOf(terms.stateKey()).isLessThan(terms.senderPower())) {
            return Ruling.allow(number + ".4");
        }
        // 5. Otherwise, reject.
        return Ruling.reject(number + ".5");
    }
}
