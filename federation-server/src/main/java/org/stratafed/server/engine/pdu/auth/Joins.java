package org.stratafed.server.engine.pdu.auth;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.id.UserId;

/// Who may join.
final class Joins {

    /// Names the member who vouches for somebody who joins a restricted room.
    static final String AUTHORISED_VIA = "join_authorised_via_users_server";

    private Joins() {}

    /// 5.3.1. The creator's join comes right after the create event, and nothing else is asked of
    /// it, not even who sends it.
    static boolean isInitial(MembershipChange change) {
        var create = change.context().create();
        return change.event().prevEvents().equals(List.of(create.id()))
                && Creators.of(change.context().rules(), create)
                        .first()
                        .equals(Optional.of(change.target().value()));
    }

    static AuthVerdict check(MembershipChange change) {
        // 5.3.2. Nobody can make another join.
        if (!change.isOwn()) {
            return change.denied(
                    "3.2", change.sender() + " cannot join for " + change.target() + ".");
        }
        // 5.3.3. Who is banned can't join.
        if (change.ofSender() == Membership.BAN) {
            return change.denied("3.3", change.sender() + " is banned from the room.");
        }
        var rule = change.context().joinRule();
        return switch (rule) {
            // 5.3.4. Where one has to be let in: who is invited, and who is in already. Who isn't
            // fails the last rule.
            case INVITE, KNOCK ->
                    isLetIn(change)
                            ? AuthVerdict.ALLOWED
                            : change.denied(
                                    "3.7", change.sender() + " is not invited to the room.");
            // 5.3.5. Where a member can vouch for others.
            case RESTRICTED, KNOCK_RESTRICTED -> checkRestricted(change);
            // 5.3.6. Where everybody may.
            case PUBLIC -> AuthVerdict.ALLOWED;
            // 5.3.7. Nowhere else.
            case UNKNOWN ->
                    change.denied("3.7", "Nobody can join by the join rule that the room has.");
        };
    }

    private static AuthVerdict checkRestricted(MembershipChange change) {
        // 5.3.5.1. Who is invited, or in already, needs nobody.
        if (isLetIn(change)) {
            return AuthVerdict.ALLOWED;
        }
        // 5.3.5.2. Others need a member who could invite them.
        var content = change.event().content();
        var voucher = content.string(AUTHORISED_VIA).flatMap(UserId::parse);
        if (voucher.isEmpty()) {
            return change.denied(
                    "3.5.2",
                    change.sender() + " is not invited, and no member vouches for the join.");
        }
        if (!change.context().isJoined(voucher.get())) {
            return change.denied(
                    "3.5.2", voucher.get() + ", who vouches for the join, is not in the room.");
        }
        var power = change.powerLevels().of(voucher.get());
        if (!power.isAtLeast(change.powerLevels().invite())) {
            return change.denied(
                    "3.5.2",
                    "%s, who vouches for the join, has power %s, and it takes %s to invite."
                            .formatted(voucher.get(), power, change.powerLevels().invite()));
        }
        // 5.3.5.3. With one, they may.
        return AuthVerdict.ALLOWED;
    }

    private static boolean isLetIn(MembershipChange change) {
        return change.ofSender() == Membership.INVITE || change.ofSender() == Membership.JOIN;
    }
}
