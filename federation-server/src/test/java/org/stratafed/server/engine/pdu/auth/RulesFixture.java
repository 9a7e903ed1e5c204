package org.stratafed.server.engine.pdu.auth;

import org.stratafed.api.model.room.RoomVersionRules;

/// Rules that no room version has.
final class RulesFixture {

    private RulesFixture() {}

    static RoomVersionRules withFederateForSendersOnly(RoomVersionRules rules) {
        return with(rules, false, rules.implicitJoinRule());
    }

    static RoomVersionRules withImplicitJoinRule(RoomVersionRules rules, String joinRule) {
        return with(rules, rules.federateAppliesToTargets(), joinRule);
    }

    private static RoomVersionRules with(
            RoomVersionRules rules, boolean federateAppliesToTargets, String implicitJoinRule) {
        return new RoomVersionRules(
                rules.version(),
                rules.eventIdFormat(),
                rules.strictCanonicalJson(),
                rules.depthMax(),
                rules.keyValidityEnforced(),
                rules.eventIdServerSigns(),
                rules.redaction(),
                rules.redactsInContent(),
                rules.redactionAuthorised(),
                rules.aliasesAuthorised(),
                rules.roomIdIsCreateHash(),
                rules.createInAuthEvents(),
                rules.stateResolution(),
                rules.creator(),
                rules.creatorsHaveInfinitePower(),
                rules.integerPowerLevels(),
                rules.notificationsChecked(),
                rules.knocking(),
                rules.restrictedJoins(),
                rules.knockRestricted(),
                rules.inviteStateIsWhole(),
                federateAppliesToTargets,
                implicitJoinRule);
    }
}
