package org.stratafed.server.engine.pdu.auth;

import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.UserId;
import org.stratafed.server.engine.pdu.auth.AuthVerdict.Denied;

/// An `m.room.member` event with the user whose membership it sets, and what sender and target
/// are to the room before.
record MembershipChange(
        AuthContext context, UserId target, Membership ofSender, Membership ofTarget) {

    static MembershipChange of(AuthContext context, UserId target) {
        return new MembershipChange(
                context, target, context.membership(context.sender()), context.membership(target));
    }

    Pdu event() {
        return context.event();
    }

    UserId sender() {
        return context.sender();
    }

    Power senderPower() {
        return context.senderPower();
    }

    PowerLevels powerLevels() {
        return context.powerLevels();
    }

    boolean isOwn() {
        return sender().equals(target);
    }

    boolean isSenderJoined() {
        return ofSender == Membership.JOIN;
    }

    /// Whether the sender has that much power, and more than the target.
    boolean isInPowerOfSender(Power required) {
        return senderPower().isAtLeast(required) && senderPower().isAbove(powerLevels().of(target));
    }

    Denied denied(String rule, String reason) {
        return context.numbers().member(rule, reason);
    }

    Denied senderNotJoined(String rule) {
        return denied(rule, sender() + " is not in the room.");
    }

    Denied notInPowerOfSender(String rule, Power required, String purpose) {
        if (!senderPower().isAtLeast(required)) {
            return denied(rule, Reasons.tooLittle(context, required, purpose));
        }
        return denied(
                rule,
                "%s has power %s, which is not above the power %s of %s."
                        .formatted(sender(), senderPower(), powerLevels().of(target), target));
    }
}
