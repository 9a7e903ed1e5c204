package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.layer.transport.IdentityKeys;
import org.stratafed.api.layer.transport.IdentityKeys.Validity;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.server.engine.pdu.auth.InvitationKeys;

/// Whether the keys by which an invitation is redeemed are still good, as their owner says. Only
/// the server that completes the invite asks that, and asks it before: no authorization rule does,
/// so that all servers come to the same verdict.
///
/// What can't be found out is refused for now: an owner of keys who took them back must not be
/// silenced to have them count again.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#third-party-invites">Third-party
///     invites</a>
final class InvitationProofs {

    static final String INVITATION = "third_party_invite";

    /// Keys whose owners are asked about one invitation. An identity server signs with one.
    static final int KEYS_MAX = 3;

    private static final int BAD_GATEWAY = 502;

    private final HomeserverEnvironment environment;
    private final IdentityKeys identities;

    InvitationProofs(HomeserverEnvironment environment, IdentityKeys identities) {
        this.environment = environment;
        this.identities = identities;
    }

    /// The invite to be made, which shows what the inviter called the address. What isn't proved at
    /// all is left for the room's rules to refuse.
    Uni<EventDraft> checked(EventDraft invite) {
        var signed =
                invite.content()
                        .object(INVITATION)
                        .flatMap(it -> it.object("signed"))
                        .orElse(JsonObject.empty());
        return invitation(invite.room(), signed.string("token"))
                .chain(
                        found ->
                                found.isEmpty()
                                        ? Uni.createFrom().item(invite)
                                        : signers(found.get(), signed)
                                                .chain(this::mustBeGood)
                                                .replaceWith(() -> named(invite, found.get())));
    }

    private Uni<Optional<JsonObject>> invitation(RoomId room, Optional<String> token) {
        return token.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : environment
                        .stores()
                        .rooms()
                        .snapshot(room)
                        .chain(
                                tip ->
                                        tip.isEmpty()
                                                ? Uni.createFrom().item(Optional.empty())
                                                : invitation(tip.get(), token.get()));
    }

    private Uni<Optional<JsonObject>> invitation(RoomSnapshot tip, String token) {
        var key = new StateKeyTuple("m.room.third_party_invite", token);
        SequencedSet<StateKeyTuple> keys = new LinkedHashSet<>(List.of(key));
        var wanted = new LinkedHashMap<StatePoint, SequencedSet<StateKeyTuple>>();
        wanted.put(tip.current(), keys);
        return environment
                .stores()
                .timeline()
                .stateEvents(tip.room(), wanted)
                .map(states -> Optional.ofNullable(states.get(tip.current()).get(key)))
                .map(event -> event.map(Pdu::content));
    }

    private Uni<List<InvitationKeys.Told>> signers(JsonObject invitation, JsonObject signed) {
        return environment
                .compute()
                .run(() -> InvitationKeys.of(invitation).signers(signed, environment.signatures()));
    }

    private Uni<Void> mustBeGood(List<InvitationKeys.Told> signers) {
        return signers.isEmpty()
                ? Uni.createFrom().voidItem()
                : best(signers.stream().limit(KEYS_MAX).toList(), Validity.REVOKED)
                        .invoke(InvitationProofs::mustBeValid)
                        .replaceWithVoid();
    }

    /// One key that is good is enough.
    private Uni<Validity> best(List<InvitationKeys.Told> signers, Validity soFar) {
        return signers.isEmpty()
                ? Uni.createFrom().item(soFar)
                : validity(signers.getFirst())
                        .chain(
                                validity ->
                                        switch (validity) {
                                            case VALID -> Uni.createFrom().item(validity);
                                            case UNKNOWN -> best(rest(signers), validity);
                                            case REVOKED -> best(rest(signers), soFar);
                                        });
    }

    private static List<InvitationKeys.Told> rest(List<InvitationKeys.Told> signers) {
        return signers.subList(1, signers.size());
    }

    private Uni<Validity> validity(InvitationKeys.Told key) {
        return key.validityUrl()
                .map(url -> identities.validity(url, key.publicKey()))
                .orElseGet(() -> Uni.createFrom().item(Validity.VALID));
    }

    private static void mustBeValid(Validity validity) {
        switch (validity) {
            case VALID -> {}
            case REVOKED ->
                    throw MatrixException.forbidden(
                            "the key of the invitation is not valid any more");
            case UNKNOWN ->
                    throw new MatrixException(
                                    MatrixErrorCode.UNKNOWN,
                                    "nobody says whether the key of the invitation is still valid")
                            .withStatus(BAD_GATEWAY);
        }
    }

    private static EventDraft named(EventDraft invite, JsonObject invitation) {
        var told = invite.content().object(INVITATION).orElseThrow();
        var name = invitation.string("display_name").map(JsonString::new);
        return name.isEmpty()
                ? invite
                : EventDraft.state(
                        invite.room(),
                        invite.sender(),
                        invite.type(),
                        invite.stateKey().orElseThrow(),
                        invite.content().with(INVITATION, told.with("display_name", name.get())));
    }
}
