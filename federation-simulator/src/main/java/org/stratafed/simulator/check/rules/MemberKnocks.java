package org.stratafed.simulator.check.rules;

import java.util.Optional;

/// "If `membership` is `knock`", the seventh of the rules on members.
final class MemberKnocks {

    private MemberKnocks() {}

    static Optional<Ruling> apply(Terms terms) {
        // 1. If the `join_rule` is anything other than `knock` or `knock_restricted`, reject.
        var joinRule = terms.joinRule();
        if (!joinRule.equals("knock") && !joinRule.equals("knock_restricted")) {
            return Ruling.reject("7.1");
        }
        // 2. If `sender` does not match `state_key`, reject.
        if (!terms.sender().equals(terms.stateKey())) {
            return Ruling.reject("7.2");
        }
        // 3. If the `sender`'s current membership is not `ban`, `invite`, or `join`, allow.
        var membership = terms.membershipOf(terms.sender());
        if (!membership.equals("ban")
                && !membership.equals("invite")
                && !membership.equals("join")) {
            return Ruling.allow("7.3");
        }
        // 4. Otherwise, reject.
        return Ruling.reject("7.4");
    }
}
