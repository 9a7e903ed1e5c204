package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.exchange.AddressBound;
import org.stratafed.api.model.exchange.AddressBound.Invitation;
import org.stratafed.api.model.exchange.InvitationRedeemed;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.pdu.room.LocalServer;

/// Addresses that turned out to be users' of ours: the invitations that waited for them are
/// redeemed. In a room that somebody of ours is in, here; otherwise through the server of whoever
/// invited.
///
/// Anybody can say such a thing, and what proves it only the room knows. So nothing is done but for
/// users of ours, for what the identity server seems to have signed for them, and for a few at a
/// time.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#third-party-invites">Third-party
///     invites</a>
public final class BoundAddresses {

    /// Invitations that are being redeemed. Whoever comes with more has to come back later.
    static final int UNDER_WAY_MAX = 100;

    private final HomeserverEnvironment environment;
    private final LocalServer server;
    private final RemoteRooms remote;
    private final RedeemedInvitations redeemed;
    private int underWay;

    public BoundAddresses(
            HomeserverEnvironment environment,
            LocalServer server,
            RemoteRooms remote,
            RedeemedInvitations redeemed) {
        this.environment = environment;
        this.server = server;
        this.remote = remote;
        this.redeemed = redeemed;
    }

    /// Completes when each invitation is redeemed or has turned out not to be.
    public Uni<Void> redeem(AddressBound bound) {
        return environment
                .stores()
                .directory()
                .userExists(bound.user())
                .invoke(
                        exists -> {
                            if (!exists || !bound.user().server().equals(server.name())) {
                                throw MatrixException.notFound(
                                        bound.user() + " is no user of this server");
                            }
                        })
                .chain(() -> all(bound));
    }

    private Uni<Void> all(AddressBound bound) {
        var ours = bound.invitations().stream().filter(it -> isFor(bound.user(), it)).toList();
        if (underWay + ours.size() > UNDER_WAY_MAX) {
            throw new MatrixException(
                    MatrixErrorCode.LIMIT_EXCEEDED, "too many invitations at once");
        }
        underWay += ours.size();
        Uni<Void> done = Uni.createFrom().voidItem();
        for (var invitation : ours) {
            done = done.chain(() -> redeem(invitation)).onTermination().invoke(() -> underWay--);
        }
        return done;
    }

    private static boolean isFor(UserId user, Invitation invitation) {
        var signed = invitation.signed();
        return invitation.user().equals(user)
                && signed.string("mxid").filter(user.value()::equals).isPresent()
                && signed.string("token").isPresent()
                && signed.object("signatures").isPresent();
    }

    private Uni<Void> redeem(Invitation invitation) {
        return environment
                .stores()
                .timeline()
                .localMembers(invitation.room(), server.name())
                .chain(ours -> ours.isEmpty() ? elsewhere(invitation) : here(invitation))
                .onFailure(failure -> failure instanceof MatrixException || isOfPeer(failure))
                .recoverWithUni(
                        failure -> {
                            environment
                                    .telemetry()
                                    .peer(
                                            invitation.sender().server(),
                                            "The invitation of an address to "
                                                    + invitation.room()
                                                    + " could not be redeemed: "
                                                    + failure.getMessage());
                            return Uni.createFrom().voidItem();
                        });
    }

    private static boolean isOfPeer(Throwable failure) {
        return failure instanceof RemoteFailure;
    }

    private Uni<Void> here(Invitation invitation) {
        var draft =
                EventDraft.state(
                        invitation.room(),
                        invitation.sender(),
                        "m.room.member",
                        invitation.user().value(),
                        content(invitation));
        return redeemed.complete(draft, invitation.user()).replaceWithVoid();
    }

    private Uni<Void> elsewhere(Invitation invitation) {
        var inviting = invitation.sender().server();
        if (inviting.equals(server.name())) {
            throw MatrixException.notFound("nobody of this server is in " + invitation.room());
        }
        var invite =
                JsonObject.builder()
                        .put("type", "m.room.member")
                        .put("room_id", invitation.room().value())
                        .put("sender", invitation.sender().value())
                        .put("state_key", invitation.user().value())
                        .put("content", content(invitation))
                        .build();
        return remote.exchangeThirdPartyInvite(
                inviting, new InvitationRedeemed(invitation.room(), invite));
    }

    /// What the inviter called the address, the inviter's server knows.
    private static JsonObject content(Invitation invitation) {
        var proof =
                JsonObject.builder()
                        .put("display_name", "")
                        .put("signed", invitation.signed())
                        .build();
        return JsonObject.builder()
                .put("membership", "invite")
                .put(InvitationProofs.INVITATION, proof)
                .build();
    }
}
