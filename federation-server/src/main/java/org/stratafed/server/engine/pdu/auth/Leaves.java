package org.stratafed.server.engine.pdu.auth;

/// Who may leave, kick and unban.
final class Leaves {

    private Leaves() {}

    static AuthVerdict check(MembershipChange change) {
        // 5.5.1. Everybody may leave, decline or take back a knock; who has nothing to leave
        // can't, and who is banned stays so.
        if (change.isOwn()) {
            return switch (change.ofSender()) {
                case INVITE, JOIN -> AuthVerdict.ALLOWED;
                case KNOCK ->
                        change.context().rules().knocking()
                                ? AuthVerdict.ALLOWED
                                : nothingToLeave(change);
                case BAN, LEAVE -> nothingToLeave(change);
            };
        }
        // 5.5.2. Members kick.
        if (!change.isSenderJoined()) {
            return change.senderNotJoined("5.2");
        }
        // 5.5.3. To unban is for those who may ban.
        if (change.ofTarget() == Membership.BAN
                && !change.senderPower().isAtLeast(change.powerLevels().ban())) {
            return change.denied(
                    "5.3",
                    Reasons.tooLittle(change.context(), change.powerLevels().ban(), "unban"));
        }
        // 5.5.4. Who has the power may kick the less powerful, and unban them too.
        if (change.isInPowerOfSender(change.powerLevels().kick())) {
            return AuthVerdict.ALLOWED;
        }
        // 5.5.5. Nobody else.
        return change.notInPowerOfSender("5.5", change.powerLevels().kick(), "kick");
    }

    private static AuthVerdict nothingToLeave(MembershipChange change) {
        return change.denied(
                "5.1",
                change.sender() + " is neither in the room nor invited, and has not knocked.");
    }
}
