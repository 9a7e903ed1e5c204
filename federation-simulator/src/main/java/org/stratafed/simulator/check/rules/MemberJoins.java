package org.stratafed.simulator.check.rules;

import java.util.Optional;

/// "If `membership` is `join`" from version 8 on, the third of the rules on members.
final class MemberJoins {

    private MemberJoins() {}

    static Optional<Ruling> apply(Terms terms, int number) {
        // 1. If the only previous event is an `m.room.create` and the `state_key` is the creator
        // (from version 11 on: the sender of the `m.room.create`), allow.
        if (isCreatorAtTheStart(terms)) {
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
        var joinRule = terms.joinRule();
        // 4. If the `join_rule` is `invite` or `knock` then allow if membership state is `invite`
        // or `join`.
        if (joinRule.equals("invite") || joinRule.equals("knock")) {
            if (membership.equals("invite") || membership.equals("join")) {
                return Ruling.allow(number + ".4");
            }
        }
        // 5. If the `join_rule` is `restricted` (from version 10 on: or `knock_restricted`):
        if (joinRule.equals("restricted")
                || (terms.edition().hasKnockRestricted() && joinRule.equals("knock_restricted"))) {
            // 5.1. If membership state is `join` or `invite`, allow.
            if (membership.equals("join") || membership.equals("invite")) {
                return Ruling.allow(number + ".5.1");
            }
            // 5.2. If the `join_authorised_via_users_server` key in `content` is not a user with
            // sufficient permission to invite other users or is not a joined member of the room,
            // reject.
            var voucher = terms.content().string("join_authorised_via_users_server");
            if (voucher.isEmpty()
                    || terms.powerOf(voucher.get()).isLessThan(terms.inviteLevel())
                    || !terms.membershipOf(voucher.get()).equals("join")) {
                return Ruling.reject(number + ".5.2");
            }
            // 5.3. Otherwise, allow.
            return Ruling.allow(number + ".5.3");
        }
        // 6. If the `join_rule` is `public`, allow.
        if (joinRule.equals("public")) {
            return Ruling.allow(number + ".6");
        }
        // 7. Otherwise, reject.
        return Ruling.reject(number + ".7");
    }

    static boolean isCreatorAtTheStart(Terms terms) {
        return terms.hasMembership("join") && followsCreateOnly(terms) && isCreator(terms);
    }

    private static boolean followsCreateOnly(Terms terms) {
        var previous = terms.event().prevEvents();
        return previous.size() == 1
                && terms.create().isPresent()
                && previous.getFirst().equals(terms.createOrThrow().id());
    }

    private static boolean isCreator(Terms terms) {
        var first = terms.edition().creators().of(terms.createOrThrow()).stream().findFirst();
        return first.equals(Optional.of(terms.stateKey()));
    }
}
