package org.stratafed.server.engine.pdu.auth;

import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.Signatures;

/// Invitations of an e-mail address or phone number, redeemed: a member invited the address, an
/// identity server found the user whose it is and signed for that.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#mroomthird_party_invite">
///     `m.room.third_party_invite`</a>
final class ThirdPartyInvites {

    static final String THIRD_PARTY_INVITE = "third_party_invite";

    private static final String SIGNED = "signed";
    private static final String MXID = "mxid";
    private static final String TOKEN = "token";

    private ThirdPartyInvites() {}

    /// Which invitation of an address the content of a membership redeems.
    static Optional<String> token(JsonObject content) {
        return content.object(THIRD_PARTY_INVITE)
                .flatMap(invite -> invite.object(SIGNED))
                .flatMap(signed -> signed.string(TOKEN));
    }

    static AuthVerdict check(MembershipChange change, Signatures signatures) {
        // 5.4.1.1. Who is banned can't be invited.
        if (change.ofTarget() == Membership.BAN) {
            return change.denied("4.1.1", change.target() + " is banned from the room.");
        }
        // 5.4.1.2. The identity server's word is there.
        var invite = change.event().content().object(THIRD_PARTY_INVITE);
        var signed = invite.flatMap(object -> object.object(SIGNED));
        if (signed.isEmpty()) {
            return change.denied("4.1.2", "The third-party invite has nothing signed.");
        }
        // 5.4.1.3. It says who redeems what.
        var mxid = signed.get().string(MXID);
        var token = signed.get().string(TOKEN);
        if (mxid.isEmpty() || token.isEmpty()) {
            return change.denied(
                    "4.1.3", "What is signed in the third-party invite lacks mxid or token.");
        }
        // 5.4.1.4. It is about the target.
        if (!mxid.get().equals(change.target().value())) {
            return change.denied(
                    "4.1.4",
                    "The third-party invite is for "
                            + mxid.get()
                            + ", not for "
                            + change.target()
                            + ".");
        }
        return checkInvitation(change, signed.get(), token.get(), signatures);
    }

    private static AuthVerdict checkInvitation(
            MembershipChange change, JsonObject signed, String token, Signatures signatures) {
        // 5.4.1.5. The address was invited to this room.
        Optional<Pdu> invitation = change.context().thirdPartyInvite(token);
        if (invitation.isEmpty()) {
            return change.denied(
                    "4.1.5", "The room has no third-party invite with the token " + token + ".");
        }
        // 5.4.1.6. Who invited the address invites the user.
        if (!invitation.get().sender().equals(change.sender())) {
            return change.denied(
                    "4.1.6",
                    "The third-party invite was sent by "
                            + invitation.get().sender()
                            + ", not by "
                            + change.sender()
                            + ".");
        }
        // 5.4.1.7. One of the keys that came with the invitation has signed.
        if (InvitationKeys.of(invitation.get().content()).haveSigned(signed, signatures)) {
            return AuthVerdict.ALLOWED;
        }
        // 5.4.1.8. Otherwise not.
        return change.denied(
                "4.1.8", "None of the keys of the third-party invite has signed for this user.");
    }
}
