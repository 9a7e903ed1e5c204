package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.pdu.auth.Vouching;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.AdoptRoom;
import org.stratafed.server.engine.pdu.room.LocalServer;
import org.stratafed.server.engine.pdu.room.Promise;
import org.stratafed.server.engine.pdu.room.RoomLane;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// Joining a room through a server that is in it. The room's lane is held meanwhile, so that what
/// the room sends us before we are done waits for the room.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#joining-rooms">Joining rooms</a>
public final class JoiningThroughPeer {

    private final HomeserverEnvironment environment;
    private final LocalServer server;
    private final RemoteRooms remote;
    private final TemplateSigner signer;
    private final RoomLanes lanes;
    private final PduIntake intake;
    private final SentRoomProofs proofs;

    public JoiningThroughPeer(
            HomeserverEnvironment environment,
            LocalServer server,
            RemoteRooms remote,
            RoomLanes lanes,
            PduIntake intake) {
        this.environment = environment;
        this.server = server;
        this.remote = remote;
        this.signer = new TemplateSigner(environment, server);
        this.lanes = lanes;
        this.intake = intake;
        this.proofs = new SentRoomProofs(intake, environment.timers());
    }

    /// Joins through the first of these servers that lets us in. Several are asked to propose a
    /// join, but one at a time is handed one.
    public Uni<EventId> join(RoomId room, UserId user, List<ServerName> via, JsonObject content) {
        var candidates = Candidates.of(via, server.name(), room);
        var lane = lanes.lane(room);
        lane.hold();
        return Promise.eager(
                Uni.createFrom()
                        .deferred(
                                () ->
                                        join(
                                                candidates,
                                                new Attempt(
                                                        room,
                                                        user,
                                                        content,
                                                        lane,
                                                        candidates.servers())))
                        .onTermination()
                        .invoke(lane::release));
    }

    private Uni<EventId> join(Candidates candidates, Attempt attempt) {
        return candidates.race(
                environment.timers(),
                peer -> proposal(attempt, peer),
                (peer, template) -> sendJoin(attempt, peer, template));
    }

    private record Attempt(
            RoomId room, UserId user, JsonObject content, RoomLane lane, List<ServerName> servers) {

        /// Whom to ask for the keys of servers that are away: first the one that lets us in.
        private List<ServerName> askedFrom(ServerName peer) {
            var first = new ArrayList<ServerName>();
            first.add(peer);
            first.addAll(servers);
            return first;
        }
    }

    private Uni<MembershipTemplate> proposal(Attempt attempt, ServerName peer) {
        var request =
                new MembershipRequest(attempt.room(), attempt.user(), RoomVersionRules.supported());
        return remote.makeJoin(peer, request);
    }

    private Uni<EventId> sendJoin(Attempt attempt, ServerName peer, MembershipTemplate template) {
        // One that isn't named is 1 or 2: which of them shows when the room comes.
        var version = template.roomVersion().orElse(RoomVersion.WHEN_UNNAMED);
        var rules = RoomVersionRules.of(version);
        if (rules.isEmpty()) {
            return Uni.createFrom()
                    .failure(
                            new MatrixException(
                                    MatrixErrorCode.UNSUPPORTED_ROOM_VERSION,
                                    "the room's version is "
                                            + version.id()
                                            + ", which is not supported"));
        }
        MembershipChecks.mustBeTemplate(
                peer, template.event(), attempt.room(), attempt.user(), "join");
        return environment
                .compute()
                .run(() -> signer.complete(rules.get(), template.event(), attempt.content()))
                .chain(
                        join ->
                                remote.sendJoin(
                                                peer,
                                                new SignedMembership(
                                                        attempt.room(),
                                                        join.id(),
                                                        new RawPdu(join.json())))
                                        .chain(
                                                answer ->
                                                        adopt(
                                                                attempt,
                                                                peer,
                                                                rules(template, answer)
                                                                        .orElse(rules.get()),
                                                                join,
                                                                answer)));
    }

    /// The rules that the room's create event names, where the template left that open between two
    /// versions whose events have the same form.
    private static Optional<RoomVersionRules> rules(
            MembershipTemplate template, SendJoinAnswer answer) {
        return template.roomVersion().isPresent()
                ? Optional.empty()
                : answer.state().stream()
                        .map(RawPdu::json)
                        .filter(event -> event.string("type").equals(Optional.of("m.room.create")))
                        .flatMap(event -> event.object("content").stream())
                        .flatMap(content -> content.string("room_version").stream())
                        .flatMap(version -> RoomVersion.parse(version).stream())
                        .flatMap(version -> RoomVersionRules.of(version).stream())
                        .filter(rules -> !rules.eventIdFormat().isReferenceHash())
                        .findFirst();
    }

    private Uni<EventId> adopt(
            Attempt attempt,
            ServerName peer,
            RoomVersionRules rules,
            Pdu join,
            SendJoinAnswer answer) {
        if (answer.membersOmitted()) {
            return Uni.createFrom()
                    .failure(
                            new RemoteFailure.Garbled(
                                    peer + " left members out of the state, which nobody asked"));
        }
        var raw = new ArrayList<>(answer.authChain());
        raw.addAll(answer.state());
        return proofs.check(rules, raw, attempt.askedFrom(peer))
                .map(received -> Sorted.of(received, answer.authChain().size(), join))
                .invoke(sorted -> mustBeOneState(peer, sorted))
                .chain(
                        sorted ->
                                signed(peer, rules, join, answer)
                                        .chain(
                                                signed ->
                                                        adopt(
                                                                peer, attempt, rules, signed,
                                                                sorted)))
                .invoke(adopted -> report(peer, attempt.room(), adopted.dropped()))
                .map(AdoptRoom.Adopted::join);
    }

    private static Uni<AdoptRoom.Adopted> adopt(
            ServerName peer, Attempt attempt, RoomVersionRules rules, Pdu join, Sorted sorted) {
        var adopt =
                new AdoptRoom(
                        rules.version(),
                        join,
                        sorted.state(),
                        sorted.authChain(),
                        Optional.of(Arrival.of(Arrival.Way.TOLD, peer)));
        return attempt.lane().runDuringHold(adopt);
    }

    private static void mustBeOneState(ServerName peer, Sorted sorted) {
        sorted.toldTwice()
                .ifPresent(
                        key -> {
                            throw new RemoteFailure.Garbled(
                                    peer + " told two events of the state for " + key);
                        });
    }

    /// Our join, which in a room with conditions the server has to sign that found them fulfilled.
    private Uni<Pdu> signed(
            ServerName peer, RoomVersionRules rules, Pdu join, SendJoinAnswer answer) {
        var authorising =
                join.content()
                        .string(Vouching.AUTHORISED_VIA)
                        .flatMap(UserId::parse)
                        .map(UserId::server);
        if (authorising.isEmpty()) {
            return Uni.createFrom().item(join);
        }
        var raw =
                answer.event()
                        .flatMap(event -> CoSignature.added(rules, join, authorising.get(), event));
        return raw.map(event -> intake.sound(rules, List.of(event), peer))
                .orElseGet(() -> Uni.createFrom().item(List.of()))
                .map(
                        sound -> {
                            if (sound.isEmpty()) {
                                throw new RemoteFailure.Garbled(
                                        peer
                                                + " did not answer with our join and the signature"
                                                + " of "
                                                + authorising.get());
                            }
                            return sound.getFirst();
                        });
    }

    private void report(ServerName peer, RoomId room, List<EventId> dropped) {
        if (!dropped.isEmpty()) {
            environment
                    .telemetry()
                    .peer(
                            peer,
                            dropped.size()
                                    + " events of the state it sent of "
                                    + room
                                    + " did not pass their checks and were left out, first "
                                    + dropped.getFirst());
        }
    }
}
