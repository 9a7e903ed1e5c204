package org.stratafed.server.engine.pdu.auth;

/// Who may ban whom.
final class Bans {

    private Bans() {}

    static AuthVerdict check(MembershipChange change) {
        // 5.6.1. Members ban.
        if (!change.isSenderJoined()) {
            return change.senderNotJoined("6.1");
        }
        // 5.6.2. Who has the power may ban the less powerful, in the room or not.
        if (change.isInPowerOfSender(change.powerLevels().ban())) {
            return AuthVerdict.ALLOWED;
        }
        // 5.6.3. Nobody else.
        return change.notInPowerOfSender("6.3", change.powerLevels().ban(), "ban");
    }
}
