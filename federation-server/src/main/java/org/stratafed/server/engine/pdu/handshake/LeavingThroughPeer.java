package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashSet;
import java.util.List;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.OutOfBandMembership;
import org.stratafed.api.spi.store.UserMembership;
import org.stratafed.server.engine.pdu.event.Citations;
import org.stratafed.server.engine.pdu.room.LocalServer;

/// Rejecting an invite to a room that is not held here, through a server that is in it. When none
/// helps, the rejection is recorded here alone: a user can always be rid of an invite.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#leaving-rooms-rejecting-invites">
///     Leaving rooms</a>
public final class LeavingThroughPeer {

    private final HomeserverEnvironment environment;
    private final LocalServer server;
    private final RemoteRooms remote;
    private final TemplateSigner signer;

    public LeavingThroughPeer(
            HomeserverEnvironment environment, LocalServer server, RemoteRooms remote) {
        this.environment = environment;
        this.server = server;
        this.remote = remote;
        this.signer = new TemplateSigner(environment, server);
    }

    /// Answers the stream position of the rejection.
    public Uni<Long> leave(RoomId room, UserId user, JsonObject content) {
        return environment
                .stores()
                .timeline()
                .memberships(user)
                .map(all -> all.stream().filter(m -> m.room().equals(room)).findFirst())
                .map(found -> found.filter(m -> m.membership().equals("invite")))
                .map(
                        found ->
                                found.orElseThrow(
                                        () ->
                                                MatrixException.forbidden(
                                                        user
                                                                + " is neither in room "
                                                                + room
                                                                + " nor invited to it")))
                .chain(invite -> reject(invite, user, content));
    }

    private Uni<Long> reject(UserMembership invite, UserId user, JsonObject content) {
        var version = InviteVersion.of(invite);
        var alone = environment.compute().run(() -> aloneHere(invite, version, user, content));
        return throughPeers(invite, version, user, content)
                .onFailure(RemoteFailure.class)
                .recoverWithUni(alone)
                .chain(
                        leave ->
                                environment
                                        .stores()
                                        .directory()
                                        .record(
                                                new OutOfBandMembership(
                                                        user,
                                                        version.version(),
                                                        leave,
                                                        List.of())));
    }

    private Uni<Pdu> throughPeers(
            UserMembership invite, RoomVersionRules rules, UserId user, JsonObject content) {
        var servers = new LinkedHashSet<ServerName>();
        servers.add(invite.event().sender().server());
        invite.room().server().ifPresent(servers::add);
        servers.remove(server.name());
        Uni<Pdu> left =
                Uni.createFrom()
                        .failure(new RemoteFailure.Unreachable("no server of " + invite.room()));
        for (var peer : servers) {
            left =
                    left.onFailure(RemoteFailure.class)
                            .recoverWithUni(
                                    () -> through(peer, invite.room(), rules, user, content));
        }
        return left;
    }

    private Uni<Pdu> through(
            ServerName peer, RoomId room, RoomVersionRules rules, UserId user, JsonObject content) {
        return remote.makeLeave(peer, new MembershipRequest(room, user, List.of()))
                .invoke(template -> mustBe(template, peer, room, user))
                .invoke(template -> mustBeOf(rules, template, peer))
                .chain(
                        template ->
                                environment
                                        .compute()
                                        .run(
                                                () ->
                                                        signer.complete(
                                                                rules, template.event(), content)))
                .call(
                        leave ->
                                remote.sendLeave(
                                        peer,
                                        new SignedMembership(
                                                room, leave.id(), new RawPdu(leave.json()))));
    }

    /// Signed by the rules of another version, the leave would be no good to anybody.
    private static void mustBeOf(
            RoomVersionRules rules, MembershipTemplate template, ServerName peer) {
        template.roomVersion()
                .filter(version -> !version.equals(rules.version()))
                .ifPresent(
                        version -> {
                            throw new RemoteFailure.Garbled(
                                    peer
                                            + " proposed a leave of a room of version "
                                            + version.id()
                                            + ", but the invite says "
                                            + rules.version().id());
                        });
    }

    private static void mustBe(
            MembershipTemplate template, ServerName peer, RoomId room, UserId user) {
        MembershipChecks.template(template.event(), room, user, "leave")
                .ifPresent(
                        wrong -> {
                            throw new RemoteFailure.Garbled(
                                    peer + " proposed a leave that is wrong: " + wrong);
                        });
    }

    private Pdu aloneHere(
            UserMembership invite, RoomVersionRules rules, UserId user, JsonObject content) {
        var cited = Citations.cite(rules, List.of(invite.event().id()), _ -> invite.event().json());
        var event =
                JsonObject.builder()
                        .put("type", "m.room.member")
                        .put("room_id", invite.room().value())
                        .put("sender", user.value())
                        .put("state_key", user.value())
                        .put("content", JsonObject.builder().put("membership", "leave").build())
                        .put("depth", rules.depthAfter(invite.event().depth()))
                        .put("prev_events", cited)
                        .put("auth_events", cited)
                        .build();
        return signer.complete(rules, event, content);
    }
}
