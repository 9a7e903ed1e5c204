package org.stratafed.server.engine.pdu.auth;

import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.server.engine.pdu.auth.AuthVerdict.Denied;

/// What the text of a room version numbers its authorization rules.
///
/// Every text numbers its rules through, so a behaviour that has a rule of its own moves all that
/// follow: the check of the room ID the top-level rules, the one that keeps creators out of
/// `users` those about power levels.
///
/// @param roomIdRules how many rules are about the room ID, before those about `auth_events`
/// @param creatorRules how many rules keep creators out of `users`, before those about changes
record RuleNumbers(int roomIdRules, int creatorRules) {

    static RuleNumbers of(RoomVersionRules rules) {
        return new RuleNumbers(
                rules.roomIdIsCreateHash() ? 1 : 0, rules.creatorsHaveInfinitePower() ? 1 : 0);
    }

    /// There is no create event to check anything against.
    Denied createMissing(String reason) {
        return roomIdRules > 0 ? new Denied("2", reason) : authEvents("4", reason);
    }

    Denied authEvents(String rule, String reason) {
        return denied(2, rule, reason);
    }

    Denied federation(String reason) {
        return denied(3, reason);
    }

    Denied member(String rule, String reason) {
        return denied(4, rule, reason);
    }

    Denied notJoined(String reason) {
        return denied(5, reason);
    }

    Denied thirdPartyInvite(String reason) {
        return denied(6, "1", reason);
    }

    Denied requiredPower(String reason) {
        return denied(7, reason);
    }

    Denied userStateKey(String reason) {
        return denied(8, reason);
    }

    /// What may be in a power-levels event.
    Denied powerLevels(String rule, String reason) {
        return denied(9, rule, reason);
    }

    /// What may be changed by a power-levels event.
    ///
    /// @param rule numbered as where no rule is about creators
    Denied powerLevelsChange(int rule, int part, String reason) {
        return powerLevels(rule + creatorRules + "." + part, reason);
    }

    private Denied denied(int rule, String part, String reason) {
        return new Denied(rule + roomIdRules + "." + part, reason);
    }

    private Denied denied(int rule, String reason) {
        return new Denied(String.valueOf(rule + roomIdRules), reason);
    }
}
