package org.stratafed.simulator.check.rules;

import java.util.Optional;

/// "If `membership` is `invite`", the fourth of the rules on members.
final class MemberIsInvited {

    private MemberIsInvited() {}

    static Optional<Ruling> apply(Terms terms, int number) {
        // 1. If `content` has a `third_party_invite` property:
        if (terms.content().has("third_party_invite")) {
            return ThirdPartyIsInvited.apply(terms, number);
        }
        // 2. If the `sender`'s current membership state is not `join`, reject.
        if (!terms.membershipOf(terms.sender()).equals("join")) {
            return Ruling.reject(number + ".2");
        }
        // 3. If *target user*'s current membership state is `join` or `ban`, reject.
        var target = terms.membershipOf(terms.stateKey());
        if (target.equals("join") || target.equals("ban")) {
            return Ruling.reject(number + ".3");
        }
        // 4. If the `sender`'s power level is greater than or equal to the *invite level*, allow.
        if (terms.senderPower().isAtLeast(terms.inviteLevel())) {
            return Ruling.allow(number + ".4");
        }
        // 5. Otherwise, reject.
        return Ruling.reject(number + ".5");
    }
}
