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

/// Rejecting an invite to a room that is not held here, or taking a knock back, through a server
/// that is in it. When none helps, that is recorded here alone: a user can always be rid of it.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#leaving-rooms-rejecting-invites">
///     Leaving rooms</a>
public final class LeavingThroughPeer {

    static final int SERVERS_MAX = 10;

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

    /// Answers the stream position of the leave.
    public Uni<Long> leave(RoomId room, UserId user, JsonObject content) {
        return environment
                .stores()
                .timeline()
                .memberships(user)
                .map(all -> all.stream().filter(m -> m.room().equals(room)).findFirst())
                .map(found -> found.filter(LeavingThroughPeer::isOpen))
                .map(
                        found ->
                                found.orElseThrow(
                                        () ->
                                                MatrixException.forbidden(
                                                        user
                                                                + " is neither in room "
                                                                + room
                                                                + " nor invited to it, and has not"
                                                                + " knocked")))
                .chain(open -> end(open, user, content));
    }

    private static boolean isOpen(UserMembership membership) {
        return membership.membership().equals("invite") || membership.membership().equals("knock");
    }

    private Uni<Long> end(UserMembership open, UserId user, JsonObject content) {
        var version = VersionTold.of(open);
        var alone = environment.compute().run(() -> aloneHere(open, version, user, content));
        return throughPeers(open, version, user, content)
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
            UserMembership open, RoomVersionRules rules, UserId user, JsonObject content) {
        Uni<Pdu> left =
                Uni.createFrom()
                        .failure(new RemoteFailure.Unreachable("no server of " + open.room()));
        for (var peer : servers(open)) {
            left =
                    left.onFailure(RemoteFailure.class)
                            .recoverWithUni(() -> through(peer, open.room(), rules, user, content));
        }
        return left;
    }

    /// Whoever invited, and whoever is named by what was told of the room: they are likely to be
    /// in it.
    private List<ServerName> servers(UserMembership open) {
        var servers = new LinkedHashSet<ServerName>();
        servers.add(open.event().sender().server());
        open.room().server().ifPresent(servers::add);
        open.strippedState().stream()
                .flatMap(event -> event.string("sender").flatMap(UserId::parse).stream())
                .map(UserId::server)
                .forEach(servers::add);
        servers.remove(server.name());
        return servers.stream().limit(SERVERS_MAX).toList();
    }

    private Uni<Pdu> through(
            ServerName peer, RoomId room, RoomVersionRules rules, UserId user, JsonObject content) {
        return remote.makeLeave(peer, new MembershipRequest(room, user, List.of()))
                .invoke(
                        template ->
                                MembershipChecks.mustBeTemplate(
                                        peer, template.event(), room, user, "leave"))
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
                                            + ", but what was told of it says "
                                            + rules.version().id());
                        });
    }

    private Pdu aloneHere(
            UserMembership open, RoomVersionRules rules, UserId user, JsonObject content) {
        var cited = Citations.cite(rules, List.of(open.event().id()), _ -> open.event().json());
        var event =
                JsonObject.builder()
                        .put("type", "m.room.member")
                        .put("room_id", open.room().value())
                        .put("sender", user.value())
                        .put("state_key", user.value())
                        .put("content", JsonObject.builder().put("membership", "leave").build())
                        .put("depth", rules.depthAfter(open.event().depth()))
                        .put("prev_events", cited)
                        .put("auth_events", cited)
                        .build();
        return signer.complete(rules, event, content);
    }
}
