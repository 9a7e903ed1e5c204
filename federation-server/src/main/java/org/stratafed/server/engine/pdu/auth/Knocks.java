package org.stratafed.server.engine.pdu.auth;

/// Who may ask to be let in.
final class Knocks {

    private Knocks() {}

    static AuthVerdict check(MembershipChange change) {
        // 5.7.1. The room listens.
        if (!change.context().joinRule().admitsKnocks()) {
            return change.denied("7.1", "The join rule of the room doesn't admit knocks.");
        }
        // 5.7.2. Nobody can knock for another.
        if (!change.isOwn()) {
            return change.denied(
                    "7.2", change.sender() + " cannot knock for " + change.target() + ".");
        }
        return switch (change.ofSender()) {
            // 5.7.3. Who is outside may.
            case KNOCK, LEAVE -> AuthVerdict.ALLOWED;
            // 5.7.4. Nobody else.
            case BAN -> change.denied("7.4", change.sender() + " is banned from the room.");
            case INVITE -> change.denied("7.4", change.sender() + " is invited already.");
            case JOIN -> change.denied("7.4", change.sender() + " is in the room already.");
        };
    }
}
