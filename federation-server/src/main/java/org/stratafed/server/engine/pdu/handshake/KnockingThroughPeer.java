package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.BiConsumer;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.OutOfBandMembership;
import org.stratafed.api.spi.store.UserMembership;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.LocalServer;

/// Asking to be let into a room that is not held here, through a server that is in it. The knock is
/// recorded beside the rooms, with what that server told of this one.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#knocking-upon-a-room">Knocking
///     upon a room</a>
public final class KnockingThroughPeer {

    private final HomeserverEnvironment environment;
    private final LocalServer server;
    private final RemoteRooms remote;
    private final TemplateSigner signer;
    private final ToldRoomState roomState;
    private final BiConsumer<UserId, Long> onMembership;

    /// @param onMembership told who knocks, and the stream position of the knock, once it is
    ///     durable
    public KnockingThroughPeer(
            HomeserverEnvironment environment,
            LocalServer server,
            RemoteRooms remote,
            PduIntake intake,
            BiConsumer<UserId, Long> onMembership) {
        this.environment = environment;
        this.server = server;
        this.remote = remote;
        this.signer = new TemplateSigner(environment, server);
        this.roomState = new ToldRoomState(intake, environment.telemetry());
        this.onMembership = onMembership;
    }

    /// Knocks through the first of these servers that takes it.
    public Uni<EventId> knock(RoomId room, UserId user, List<ServerName> via, JsonObject content) {
        return Candidates.of(via, server.name(), room)
                .firstThat(peer -> through(peer, room, user, content));
    }

    private Uni<EventId> through(ServerName peer, RoomId room, UserId user, JsonObject content) {
        var request = new MembershipRequest(room, user, RoomVersionRules.supported());
        return remote.makeKnock(peer, request)
                .chain(template -> sendKnock(peer, request, template, content));
    }

    private Uni<EventId> sendKnock(
            ServerName peer,
            MembershipRequest request,
            MembershipTemplate template,
            JsonObject content) {
        var version = template.roomVersion().orElse(RoomVersion.WHEN_UNNAMED);
        var rules = RoomVersionRules.of(version).filter(RoomVersionRules::knocking);
        if (rules.isEmpty()) {
            return Uni.createFrom()
                    .failure(
                            new MatrixException(
                                    MatrixErrorCode.UNSUPPORTED_ROOM_VERSION,
                                    "rooms of version " + version.id() + " are not knocked at"));
        }
        var room = request.room();
        MembershipChecks.mustBeTemplate(peer, template.event(), room, request.user(), "knock");
        return environment
                .compute()
                .run(() -> signer.complete(rules.get(), template.event(), content))
                .call(
                        knock ->
                                remote.sendKnock(
                                                peer,
                                                new SignedMembership(
                                                        room, knock.id(), new RawPdu(knock.json())))
                                        .chain(
                                                told ->
                                                        roomState.shownOfKnock(
                                                                rules.get(), peer, knock, told))
                                        .chain(
                                                shown ->
                                                        record(
                                                                request.user(),
                                                                rules.get(),
                                                                knock,
                                                                shown)))
                .map(Pdu::id);
    }

    /// The invite that answers the knock may be here before the knock's own answer is.
    private Uni<Void> record(
            UserId user, RoomVersionRules rules, Pdu knock, List<JsonObject> shown) {
        return environment
                .stores()
                .timeline()
                .memberships(user)
                .chain(
                        all ->
                                all.stream().anyMatch(it -> isAnswer(it, knock))
                                        ? Uni.createFrom().voidItem()
                                        : environment
                                                .stores()
                                                .directory()
                                                .record(
                                                        new OutOfBandMembership(
                                                                user,
                                                                rules.version(),
                                                                knock,
                                                                shown))
                                                .invoke(at -> onMembership.accept(user, at))
                                                .replaceWithVoid());
    }

    private static boolean isAnswer(UserMembership membership, Pdu knock) {
        return membership.room().equals(knock.roomId())
                && membership.event().authEvents().contains(knock.id());
    }
}
