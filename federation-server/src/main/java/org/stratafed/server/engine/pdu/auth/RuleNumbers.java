package org.stratafed.server.engine.pdu.auth;

import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.server.engine.pdu.auth.AuthVerdict.Denied;

/// What the text of a room version numbers its authorization rules.
///
/// Every text numbers its rules through, so a behaviour that has a rule of its own moves all that
/// follow. Numbers are given here as in the text of room version 11.
///
/// @param roomIdRules how many rules are about the room ID, before those about `auth_events`
/// @param aliasesRules how many rules are about `m.room.aliases`, before those about memberships
/// @param voucherRules how many rules are about who vouches for a membership, before those about
///     joins, and how many about restricted rooms, before that about public ones
/// @param knockRules how many rules are about knocks, before that about unknown memberships
/// @param integerRules how many rules want levels to be integers, before that about `users`
/// @param creatorRules how many rules keep creators out of `users`, before those about changes
record RuleNumbers(
        int roomIdRules,
        int aliasesRules,
        int voucherRules,
        int knockRules,
        int integerRules,
        int creatorRules) {

    // In the text of room version 11.
    private static final int AUTH_EVENTS = 2;
    private static final int FEDERATION = 3;
    private static final int MEMBER = 4;
    private static final int VOUCHER_RULES = 1;
    private static final int KNOCK_RULES = 1;
    private static final int INTEGER_RULES = 2;

    static RuleNumbers of(RoomVersionRules rules) {
        return new RuleNumbers(
                rules.roomIdIsCreateHash() ? 1 : 0,
                rules.aliasesAuthorised() ? 1 : 0,
                rules.restrictedJoins() ? VOUCHER_RULES : 0,
                rules.knocking() ? KNOCK_RULES : 0,
                rules.integerPowerLevels() ? INTEGER_RULES : 0,
                rules.creatorsHaveInfinitePower() ? 1 : 0);
    }

    /// There is no create event to check anything against.
    Denied createMissing(String reason) {
        return roomIdRules > 0 ? new Denied("2", reason) : authEvents(4, reason);
    }

    Denied authEvents(int rule, String reason) {
        return new Denied(AUTH_EVENTS + roomIdRules + "." + rule, reason);
    }

    Denied federation(String reason) {
        return new Denied(String.valueOf(FEDERATION + roomIdRules), reason);
    }

    /// The aliases of a server are its own to set.
    Denied aliases(int rule, String reason) {
        return new Denied(FEDERATION + roomIdRules + aliasesRules + "." + rule, reason);
    }

    /// @param rule as in `3.5.2`, the rule about memberships itself left out
    Denied member(String rule, String reason) {
        return new Denied(top(MEMBER) + "." + memberRule(rule), reason);
    }

    Denied notJoined(String reason) {
        return new Denied(top(5), reason);
    }

    Denied thirdPartyInvite(String reason) {
        return new Denied(top(6) + ".1", reason);
    }

    Denied requiredPower(String reason) {
        return new Denied(top(7), reason);
    }

    Denied userStateKey(String reason) {
        return new Denied(top(8), reason);
    }

    /// What may be in a power-levels event.
    Denied powerLevels(int rule, String reason) {
        return new Denied(top(9) + "." + powerLevelsRule(rule), reason);
    }

    /// Who can't be given a level.
    Denied creatorListed(String reason) {
        return new Denied(top(9) + "." + (powerLevelsRule(3) + creatorRules), reason);
    }

    /// What may be changed by a power-levels event.
    Denied powerLevelsChange(int rule, int part, String reason) {
        int number = powerLevelsRule(rule) + creatorRules;
        return new Denied(top(9) + "." + number + "." + part, reason);
    }

    /// Who may redact what.
    Denied redaction(String reason) {
        return new Denied(top(10) + ".3", reason);
    }

    private String top(int rule) {
        return String.valueOf(rule + roomIdRules + aliasesRules);
    }

    private int powerLevelsRule(int rule) {
        return rule - INTEGER_RULES + integerRules;
    }

    private String memberRule(String rule) {
        var parts = rule.split("\\.", 3);
        int first = Integer.parseInt(parts[0]);
        var number = new StringBuilder().append(first - rulesMissingBefore(first));
        for (int i = 1; i < parts.length; i++) {
            number.append('.').append(i == 1 ? memberPart(first, parts[i]) : parts[i]);
        }
        return number.toString();
    }

    private int rulesMissingBefore(int first) {
        int vouchers = first > 2 ? VOUCHER_RULES - voucherRules : 0;
        int knocks = first > 7 ? KNOCK_RULES - knockRules : 0;
        return vouchers + knocks;
    }

    /// Of the rules about joins, that about restricted rooms is before the last two.
    private String memberPart(int first, String part) {
        int number = Integer.parseInt(part);
        boolean isAfterRestricted = first == 3 && number > 5;
        return String.valueOf(isAfterRestricted ? number - VOUCHER_RULES + voucherRules : number);
    }
}
