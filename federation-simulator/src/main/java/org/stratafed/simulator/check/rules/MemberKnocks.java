package org.stratafed.simulator.check.rules;

import java.util.Optional;

/// "If `membership` is `knock`", the seventh of the rules on members.
final class MemberKnocks {

    private MemberKnocks() {}

    static Optional<Ruling> apply(Terms terms, int number) {
        // 1. If the `join_rule` is anything other than `knock` (from version 10 on: or
        // `knock_restricted`), reject.
        var joinRule = terms.joinRule();
        if (!joinRule.equals("knock")
                && !(terms.edition().hasKnockRestricted() && joinRule.equals("knock_restricted"))) {
            return Ruling.reject(number + ".1");
        }
        // 2. If `sender` does not match `state_key`, reject.
        if (!terms.sender().equals(terms.stateKey())) {
            return Ruling.reject(number + ".2");
        }
        // 3. If the `sender`'s current membership is not `ban`, `invite`, or `join`, allow.
        var membership = terms.membershipOf(terms.sender());
        if (!membership.equals("ban")
                && !membership.equals("invite")
                && !membership.equals("join")) {
            return Ruling.allow(number + ".3");
        }
        // 4. Otherwise, reject.
        return Ruling.reject(number + ".4");
    }
}
