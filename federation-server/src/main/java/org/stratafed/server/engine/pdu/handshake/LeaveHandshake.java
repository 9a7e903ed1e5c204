package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.model.error.MatrixErrorCode;
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
import org.stratafed.server.engine.pdu.room.LocalServer;

/// Telling a room that a user of ours is not coming, or wants in no more: one of its servers
/// proposes the leave, we sign it, and that server takes it in.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#leaving-rooms-rejecting-invites">
///     Leaving rooms</a>
final class LeaveHandshake {

    private static final int UNAUTHORIZED = 401;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final HomeserverEnvironment environment;
    private final RemoteRooms remote;
    private final TemplateSigner signer;

    LeaveHandshake(HomeserverEnvironment environment, LocalServer server, RemoteRooms remote) {
        this.environment = environment;
        this.remote = remote;
        this.signer = new TemplateSigner(environment, server);
    }

    /// @param content what the user says beside the membership
    record Leaving(RoomId room, RoomVersionRules rules, UserId user, JsonObject content) {}

    /// @param leave as a server of the room has it now, if one does
    /// @param open servers that may still be told: they didn't answer, or not for good
    record Told(Optional<Pdu> leave, List<ServerName> open) {}

    /// Tries these servers, one after the other, until one has the leave.
    Uni<Told> tell(Leaving leaving, List<ServerName> servers) {
        return next(leaving, servers, 0, new ArrayList<>());
    }

    private Uni<Told> next(
            Leaving leaving, List<ServerName> servers, int index, List<ServerName> open) {
        if (index == servers.size()) {
            return Uni.createFrom().item(new Told(Optional.empty(), open));
        }
        var peer = servers.get(index);
        return through(leaving, peer)
                .map(leave -> new Told(Optional.of(leave), List.of()))
                .onFailure(RemoteFailure.class)
                .recoverWithUni(
                        failure -> {
                            if (!isForGood(failure)) {
                                open.add(peer);
                            }
                            return next(leaving, servers, index + 1, open);
                        });
    }

    /// Whether there is no use in asking again: the server knows nothing of the room, or of the
    /// user in it.
    private static boolean isForGood(Throwable failure) {
        return failure instanceof RemoteFailure.Refused refused
                && refused.status() < SERVER_ERROR
                && refused.status() != UNAUTHORIZED
                && refused.status() != REQUEST_TIMEOUT
                && refused.status() != TOO_MANY_REQUESTS
                && !refused.is(MatrixErrorCode.LIMIT_EXCEEDED);
    }

    private Uni<Pdu> through(Leaving leaving, ServerName peer) {
        var room = leaving.room();
        return remote.makeLeave(peer, new MembershipRequest(room, leaving.user(), List.of()))
                .invoke(
                        template ->
                                MembershipChecks.mustBeTemplate(
                                        peer, template.event(), room, leaving.user(), "leave"))
                .invoke(template -> mustBeOf(leaving.rules(), template, peer))
                .chain(
                        template ->
                                environment
                                        .compute()
                                        .run(
                                                () ->
                                                        signer.complete(
                                                                leaving.rules(),
                                                                template.event(),
                                                                leaving.content())))
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
}
