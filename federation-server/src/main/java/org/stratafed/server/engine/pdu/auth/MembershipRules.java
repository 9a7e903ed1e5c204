package org.stratafed.server.engine.pdu.auth;

import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.spi.Signatures;
import org.stratafed.server.engine.pdu.auth.AuthVerdict.Denied;

/// Who may set whose membership. Final for `m.room.member` events.
final class MembershipRules {

    private static final String MEMBERSHIP = "membership";

    private MembershipRules() {}

    static AuthVerdict check(AuthContext context, Signatures signatures) {
        var event = context.event();
        // 5.1. It says what who is to the room. A state key that is no user ID says nothing:
        // the specification leaves it open, and deployed servers don't take it.
        var target = event.stateKey().flatMap(UserId::parse);
        if (target.isEmpty()) {
            return context.numbers().member("1", "The state key is not a user ID.");
        }
        if (!event.content().has(MEMBERSHIP)) {
            return context.numbers().member("1", "The content has no membership.");
        }
        var change = MembershipChange.of(context, target.get());
        return authorisedSignature(change)
                .<AuthVerdict>map(denied -> denied)
                .orElseGet(() -> checkMembership(change, signatures));
    }

    /// 5.2.1. Who is said to vouch for the event has his server's signature on it.
    ///
    /// That a signature proves the event is found out on receipt, with keys at hand, and an event
    /// with one that doesn't is dropped before it comes here. So it only has to be there.
    private static Optional<Denied> authorisedSignature(MembershipChange change) {
        var content = change.event().content();
        if (!change.context().rules().restrictedJoins() || !content.has(Joins.AUTHORISED_VIA)) {
            return Optional.empty();
        }
        boolean isSigned =
                content.string(Joins.AUTHORISED_VIA)
                        .flatMap(UserId::parse)
                        .filter(user -> isSignedByServerOf(change.event(), user))
                        .isPresent();
        return isSigned
                ? Optional.empty()
                : Optional.of(
                        change.denied(
                                "2.1",
                                "The server of the user in "
                                        + Joins.AUTHORISED_VIA
                                        + " has not signed the event."));
    }

    private static boolean isSignedByServerOf(Pdu event, UserId user) {
        return event.json()
                .object("signatures")
                .flatMap(all -> all.object(user.server().value()))
                .filter(ofServer -> !ofServer.isEmpty())
                .isPresent();
    }

    private static AuthVerdict checkMembership(MembershipChange change, Signatures signatures) {
        // 5.3.1. The creator joins first, before any other state is there.
        var membership = change.event().content().string(MEMBERSHIP).flatMap(Membership::parse);
        if (membership.equals(Optional.of(Membership.JOIN)) && Joins.isInitial(change)) {
            return AuthVerdict.ALLOWED;
        }
        var keptOut = keptOut(change);
        if (keptOut.isPresent()) {
            return keptOut.get();
        }
        if (membership.isEmpty()) {
            return unknown(change);
        }
        return switch (membership.get()) {
            case JOIN -> Joins.check(change);
            case INVITE -> Invites.check(change, signatures);
            case LEAVE -> Leaves.check(change);
            case BAN -> Bans.check(change);
            case KNOCK ->
                    change.context().rules().knocking() ? Knocks.check(change) : unknown(change);
        };
    }

    /// 4, for the target. The specification keeps only senders of other servers out of a room
    /// that doesn't federate; deployed servers keep out targets too, so that nobody of another
    /// server can be invited.
    private static Optional<Denied> keptOut(MembershipChange change) {
        var context = change.context();
        return context.rules().federateAppliesToTargets()
                        && context.isKeptOut(change.target().server())
                ? Optional.of(
                        context.numbers()
                                .federation(
                                        change.target()
                                                + " is not of the server that made the room, and"
                                                + " the room doesn't federate."))
                : Optional.empty();
    }

    /// 5.8. What isn't known isn't allowed.
    private static AuthVerdict unknown(MembershipChange change) {
        return change.denied(
                "8",
                "There is no membership "
                        + change.event().content().get(MEMBERSHIP).orElseThrow()
                        + " in this room version.");
    }
}
