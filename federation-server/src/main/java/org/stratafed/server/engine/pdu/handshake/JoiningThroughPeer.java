package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.JoinUnderWay;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.PendingJoin;
import org.stratafed.server.engine.pdu.arrival.JoinProgress;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.LocalServer;
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
    private final HandedInJoin handedIn;
    private final JoinsUnderWay underWay = new JoinsUnderWay();
    private final ResumedJoins resumed;

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
        handedIn = new HandedInJoin(environment, remote, lanes, intake);
        resumed = new ResumedJoins(environment, handedIn, lanes, underWay);
    }

    /// Takes up the joins that were under way when this server stopped.
    public void resume() {
        resumed.start();
    }

    /// How far the joins of this user are that go on now.
    public List<JoinUnderWay> underWay(UserId user) {
        return underWay.of(user);
    }

    /// Joins through the first of these servers that lets us in. Several are asked to propose a
    /// join, but one at a time is handed one.
    public Uni<EventId> join(RoomId room, UserId user, List<ServerName> via, JsonObject content) {
        var candidates = Candidates.of(via, server.name(), room);
        var progress = new JoinProgress(room, user, environment.clock().millis());
        var attempt = new Attempt(room, user, content, candidates.servers(), progress);
        return underWay.joined(room, user, progress, () -> join(candidates, attempt));
    }

    private Uni<EventId> join(Candidates candidates, Attempt attempt) {
        var lane = lanes.lane(attempt.room());
        lane.hold();
        return Uni.createFrom()
                .deferred(
                        () ->
                                candidates.race(
                                        environment.timers(),
                                        peer -> proposal(attempt, peer),
                                        (peer, template) -> sendJoin(attempt, peer, template)))
                .onTermination()
                .invoke(lane::release);
    }

    private record Attempt(
            RoomId room,
            UserId user,
            JsonObject content,
            List<ServerName> servers,
            JoinProgress progress) {

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
                .chain(join -> enter(attempt, pending(attempt, peer, template, join)));
    }

    private PendingJoin pending(
            Attempt attempt, ServerName peer, MembershipTemplate template, Pdu join) {
        return new PendingJoin(
                join.id(),
                attempt.room(),
                attempt.user(),
                template.roomVersion(),
                attempt.askedFrom(peer),
                new RawPdu(join.json()),
                environment.clock().millis());
    }

    /// Durably under way from before it is handed in until it has ended.
    private Uni<EventId> enter(Attempt attempt, PendingJoin pending) {
        var joins = environment.stores().joins();
        return joins.begin(pending)
                .chain(() -> handedIn.enter(pending, attempt.progress()))
                .onItemOrFailure()
                .call(() -> joins.end(pending.event()));
    }
}
