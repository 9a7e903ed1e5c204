package org.stratafed.simulator.check.rules;

import java.util.Optional;

/// "If `membership` is `join`" up to version 7, the second of the rules on members.
final class MemberJoinsUntil7 {

    private MemberJoinsUntil7() {}

    static Optional<Ruling> apply(Terms terms, int number) {
        // 1. If the only previous event is an `m.room.create` and the `state_key` is the creator,
        // allow.
        if (MemberJoins.isCreatorAtTheStart(terms)) {
            return Ruling.allow(number + ".1");
        }
        // 2. If the `sender` does not match `state_key`, reject.
        if (!terms.sender().equals(terms.stateKey())) {
            return Ruling.reject(number + ".2");
        }
        var membership = terms.membershipOf(terms.sender());
        // 3. If the `sender` is banned, reject.
        if (membership.equals("ban")) {
            return Ruling.reject(number + ".3");
        }
        // 4. If the `join_rule` is `invite` (in version 7: or `knock`) then allow if membership
        // state is `invite` or `join`.
        if (terms.joinRule().equals("invite")
                || (terms.edition().hasKnocking() && terms.joinRule().equals("knock"))) {
            if (membership.equals("invite") || membership.equals("join")) {
                return Ruling.allow(number + ".4");
            }
        }
        // 5. If the `join_rule` is `public`, allow.
        if (terms.joinRule().equals("public")) {
            return Ruling.allow(number + ".5");
        }
        // 6. Otherwise, reject.
        return Ruling.reject(number + ".6");
    }
}
