package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashSet;
import java.util.List;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.OutOfBandMembership;
import org.stratafed.api.spi.store.UserMembership;
import org.stratafed.server.engine.pdu.event.Citations;
import org.stratafed.server.engine.pdu.room.LocalServer;

/// Rejecting an invite to a room that is not held here, or taking a knock back, through a server
/// that is in it. When none helps, that is recorded here alone: a user can always be rid of it. The
/// room is told later then, unless it can't be.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#leaving-rooms-rejecting-invites">
///     Leaving rooms</a>
public final class LeavingThroughPeer {

    static final int SERVERS_MAX = 10;

    private final HomeserverEnvironment environment;
    private final LocalServer server;
    private final TemplateSigner signer;
    private final LeaveHandshake handshake;
    private final UntoldLeaves untold;

    public LeavingThroughPeer(
            HomeserverEnvironment environment, LocalServer server, RemoteRooms remote) {
        this.environment = environment;
        this.server = server;
        this.signer = new TemplateSigner(environment, server);
        this.handshake = new LeaveHandshake(environment, server, remote);
        this.untold = new UntoldLeaves(environment, handshake);
    }

    /// Takes up what the rooms are still to be told of.
    public void resume() {
        untold.start();
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
        var rules = VersionTold.of(open);
        var leaving = new LeaveHandshake.Leaving(open.room(), rules, user, content);
        return handshake
                .tell(leaving, servers(open))
                .chain(
                        told ->
                                told.leave()
                                        .map(
                                                leave ->
                                                        untold.isTold(user, open.room())
                                                                .replaceWith(leave))
                                        .orElseGet(() -> aloneForNow(open, leaving, told.open())))
                .chain(
                        leave ->
                                environment
                                        .stores()
                                        .directory()
                                        .record(
                                                new OutOfBandMembership(
                                                        user, rules.version(), leave, List.of())));
    }

    private Uni<Pdu> aloneForNow(
            UserMembership open, LeaveHandshake.Leaving leaving, List<ServerName> servers) {
        var alone = environment.compute().run(() -> aloneHere(open, leaving));
        return servers.isEmpty()
                ? alone
                : untold.tellLater(
                                leaving.user(),
                                leaving.room(),
                                leaving.rules().version(),
                                servers,
                                leaving.content())
                        .chain(() -> alone);
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

    private Pdu aloneHere(UserMembership open, LeaveHandshake.Leaving leaving) {
        var rules = leaving.rules();
        var user = leaving.user();
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
        return signer.complete(rules, event, leaving.content());
    }
}
