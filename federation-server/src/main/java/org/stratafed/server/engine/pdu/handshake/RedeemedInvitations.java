package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.stratafed.api.layer.transport.IdentityKeys;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.exchange.InvitationRedeemed;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.pdu.approval.OwnEvents;
import org.stratafed.server.engine.pdu.room.LocalServer;

/// Invitations of an e-mail address or phone number that a user of ours made, redeemed by the user
/// whose it is: completed here to the invite that they have become. Whether the proof is good the
/// authorization rules say, and the owner of its keys.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#third-party-invites">Third-party
///     invites</a>
public final class RedeemedInvitations {

    private final LocalServer server;
    private final OwnEvents own;
    private final Inviting inviting;
    private final InvitationProofs proofs;

    public RedeemedInvitations(
            HomeserverEnvironment environment,
            LocalServer server,
            OwnEvents own,
            Inviting inviting,
            IdentityKeys identities) {
        this.server = server;
        this.own = own;
        this.inviting = inviting;
        this.proofs = new InvitationProofs(environment, identities);
    }

    /// Completes when the invite is in the room.
    public Uni<Void> redeem(ServerName origin, InvitationRedeemed redeemed) {
        return Uni.createFrom().deferred(() -> invite(origin, redeemed)).replaceWithVoid();
    }

    private Uni<EventId> invite(ServerName origin, InvitationRedeemed redeemed) {
        var draft = draft(redeemed);
        var target = user(redeemed.invite(), "state_key");
        if (!draft.sender().server().equals(server.name())) {
            throw MatrixException.forbidden(draft.sender() + " is no user of this server");
        }
        if (!target.server().equals(origin)) {
            throw MatrixException.forbidden(target + " is no user of " + origin);
        }
        return complete(draft, target);
    }

    /// Makes the invite, of a user of ours or of another server.
    Uni<EventId> complete(EventDraft draft, UserId target) {
        return proofs.checked(draft)
                .chain(
                        invite ->
                                target.server().equals(server.name())
                                        ? own.submit(invite)
                                        : inviting.invite(invite, target.server()));
    }

    /// Only what is the redeeming server's to say is taken over.
    private static EventDraft draft(InvitationRedeemed redeemed) {
        var invite = redeemed.invite();
        var content = invite.object("content").orElse(JsonObject.empty());
        var invitation = content.object(InvitationProofs.INVITATION);
        boolean isInvite =
                invite.string("type").equals(Optional.of("m.room.member"))
                        && content.string("membership").equals(Optional.of("invite"))
                        && invitation.flatMap(it -> it.object("signed")).isPresent();
        if (!isInvite) {
            throw MatrixException.invalidParam("the event redeems no invitation");
        }
        if (!invite.string("room_id").equals(Optional.of(redeemed.room().value()))) {
            throw MatrixException.invalidParam("the event is for another room");
        }
        return EventDraft.state(
                redeemed.room(),
                user(invite, "sender"),
                "m.room.member",
                user(invite, "state_key").value(),
                JsonObject.builder()
                        .put("membership", "invite")
                        .put(InvitationProofs.INVITATION, invitation.orElseThrow())
                        .build());
    }

    private static UserId user(JsonObject invite, String key) {
        return invite.string(key)
                .flatMap(UserId::parse)
                .orElseThrow(() -> MatrixException.invalidParam(key + " is no user"));
    }
}
