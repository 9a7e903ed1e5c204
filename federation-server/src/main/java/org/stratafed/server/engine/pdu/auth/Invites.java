package org.stratafed.server.engine.pdu.auth;

import org.stratafed.api.spi.Signatures;

/// Who may invite whom.
final class Invites {

    private Invites() {}

    static AuthVerdict check(MembershipChange change, Signatures signatures) {
        // 5.4.1. An invitation of an address, redeemed.
        if (change.event().content().has(ThirdPartyInvites.THIRD_PARTY_INVITE)) {
            return ThirdPartyInvites.check(change, signatures);
        }
        // 5.4.2. Members invite.
        if (!change.isSenderJoined()) {
            return change.senderNotJoined("4.2");
        }
        // 5.4.3. Who is in can't be invited, nor who is banned.
        if (change.ofTarget() == Membership.JOIN) {
            return change.denied("4.3", change.target() + " is in the room already.");
        }
        if (change.ofTarget() == Membership.BAN) {
            return change.denied("4.3", change.target() + " is banned from the room.");
        }
        // 5.4.4. Who has the power may.
        if (change.senderPower().isAtLeast(change.powerLevels().invite())) {
            return AuthVerdict.ALLOWED;
        }
        // 5.4.5. Nobody else.
        return change.denied(
                "4.5",
                Reasons.tooLittle(change.context(), change.powerLevels().invite(), "invite"));
    }
}
