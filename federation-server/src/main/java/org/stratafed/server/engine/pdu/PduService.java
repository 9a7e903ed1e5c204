package org.stratafed.server.engine.pdu;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;
import org.stratafed.api.layer.pdu.EventExplanation.Stage;
import org.stratafed.api.layer.pdu.Explanations;
import org.stratafed.api.layer.pdu.PduHandler;
import org.stratafed.api.layer.pdu.PduLayer;
import org.stratafed.api.layer.pdu.RoomHealth;
import org.stratafed.api.layer.pdu.RoomPlan;
import org.stratafed.api.layer.transaction.RoomQueryHandler;
import org.stratafed.api.layer.transaction.TransactionHandler;
import org.stratafed.api.layer.transaction.TransactionLayer;
import org.stratafed.api.layer.transport.IdentityKeys;
import org.stratafed.api.layer.transport.KeyRing;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.Edu;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.JoinUnderWay;
import org.stratafed.api.model.room.RoomState;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.server.engine.pdu.acl.ServerAcls;
import org.stratafed.server.engine.pdu.answers.NearestEvent;
import org.stratafed.server.engine.pdu.answers.RoomAnswers;
import org.stratafed.server.engine.pdu.answers.ServerVisibility;
import org.stratafed.server.engine.pdu.answers.StateReader;
import org.stratafed.server.engine.pdu.approval.Approval;
import org.stratafed.server.engine.pdu.approval.OwnEvents;
import org.stratafed.server.engine.pdu.approval.UnsignedEvents;
import org.stratafed.server.engine.pdu.explain.NotedRemoteRooms;
import org.stratafed.server.engine.pdu.explain.StoredExplanations;
import org.stratafed.server.engine.pdu.explain.TimeBook;
import org.stratafed.server.engine.pdu.graph.Gaps;
import org.stratafed.server.engine.pdu.handshake.BeingInvited;
import org.stratafed.server.engine.pdu.handshake.BoundAddresses;
import org.stratafed.server.engine.pdu.handshake.EndedElsewhere;
import org.stratafed.server.engine.pdu.handshake.Inviting;
import org.stratafed.server.engine.pdu.handshake.JoinConditions;
import org.stratafed.server.engine.pdu.handshake.JoiningThroughPeer;
import org.stratafed.server.engine.pdu.handshake.KnockingThroughPeer;
import org.stratafed.server.engine.pdu.handshake.LeavingThroughPeer;
import org.stratafed.server.engine.pdu.handshake.RedeemedInvitations;
import org.stratafed.server.engine.pdu.handshake.ResidentHandshake;
import org.stratafed.server.engine.pdu.handshake.VouchedJoins;
import org.stratafed.server.engine.pdu.intake.DroppedPdus;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.policy.PolicyServers;
import org.stratafed.server.engine.pdu.room.Judging;
import org.stratafed.server.engine.pdu.room.LocalServer;
import org.stratafed.server.engine.pdu.room.Promise;
import org.stratafed.server.engine.pdu.room.RoomLanes;
import org.stratafed.server.engine.pdu.room.RoomListener;
import org.stratafed.server.engine.pdu.room.TurnTimes;

/// The PDU layer: rooms as graphs of events.
public final class PduService implements PduLayer, TransactionHandler {

    private final HomeserverEnvironment environment;
    private final LocalServer server;
    private final RoomLanes lanes;
    private final OwnEvents own;
    private final UnsignedEvents unsigned;
    private final ServerAcls acls;
    private final Receiving receiving;
    private final RoomMaking making;
    private final StateReader reader;
    private final OwnMemberships memberships;
    private final LeavingThroughPeer leaving;
    private final Gaps gaps;
    private final RoomQueries queries;
    private final Explanations explanations;
    private final PduHandler above;

    /// @param above makes the layer above of this one; called once, when everything else is there
    public PduService(
            HomeserverEnvironment environment,
            LocalServer server,
            TransactionLayer below,
            KeyRing keys,
            IdentityKeys identities,
            Function<PduLayer, PduHandler> above) {
        this.environment = environment;
        this.server = server;
        var rooms = environment.stores().rooms();
        var timeline = environment.stores().timeline();
        var times = new TimeBook();
        var remote = new NotedRemoteRooms(below.rooms(), environment.clock());
        explanations = new StoredExplanations(environment, times, remote);
        var dropped = new DroppedPdus(environment);
        var intake = new PduIntake(environment, keys, dropped);
        lanes = new RoomLanes(environment, server, listener(below, times));
        reader = new StateReader(rooms);
        var judging = new Judging(lanes);
        acls = new ServerAcls(environment.stores());
        receiving =
                new Receiving(
                        environment,
                        lanes,
                        intake,
                        judging,
                        new EndedElsewhere(environment, server, intake, this::onMembership),
                        acls,
                        dropped,
                        times);
        var policyServers = new PolicyServers(server.name(), remote, environment.clock());
        var approval = new Approval(lanes, policyServers);
        own = new OwnEvents(lanes, rooms, approval);
        making = new RoomMaking(environment, server, lanes);
        var conditions = new JoinConditions(server, environment.stores(), lanes);
        var inviting = new Inviting(server, remote, lanes, intake, approval);
        leaving = new LeavingThroughPeer(environment, server, remote);
        memberships =
                new OwnMemberships(
                        server,
                        timeline,
                        own,
                        conditions,
                        new OwnMemberships.Peers(
                                new JoiningThroughPeer(environment, server, remote, lanes, intake),
                                new KnockingThroughPeer(
                                        environment, server, remote, intake, this::onMembership),
                                leaving,
                                inviting),
                        this::onMembership);
        gaps = new Gaps(environment, remote, lanes, intake, judging);
        unsigned =
                new UnsignedEvents(
                        server.name(), environment, lanes, judging, policyServers, gaps::wake);
        var redeemed = new RedeemedInvitations(environment, server, own, inviting, identities);
        var visibility = new ServerVisibility(timeline, rooms);
        queries =
                new RoomQueries(
                        acls,
                        new RoomAnswers(rooms, reader, visibility),
                        new NearestEvent(timeline, visibility),
                        new ResidentHandshake(
                                lanes,
                                intake,
                                approval,
                                environment.stores(),
                                conditions,
                                new VouchedJoins(environment, server, conditions)),
                        new BeingInvited(environment, server, lanes, intake, this::onMembership),
                        redeemed,
                        new BoundAddresses(environment, server, remote, redeemed));
        this.above = above.apply(this);
    }

    /// Takes up what was left unfinished when the server stopped.
    public void start() {
        gaps.resume();
        leaving.resume();
        memberships.resume();
    }

    private RoomListener listener(TransactionLayer below, TimeBook times) {
        return new RoomListener() {
            @Override
            public void onTurn(SequencedCollection<EventId> events, TurnTimes turn) {
                times.add(events, Stage.WAITING, turn.waiting());
                times.add(events, Stage.READING, turn.reading());
                times.add(events, Stage.DECIDING, turn.deciding());
                times.add(events, Stage.STORING, turn.storing());
            }

            @Override
            public void onTimeline(long position) {
                above.onTimeline(position);
            }

            @Override
            public void onState(
                    RoomId room, SequencedSet<UserId> members, boolean isShown, long position) {
                if (!members.isEmpty()) {
                    above.onMembership(members, position);
                }
                if (!isShown) {
                    onStateAlone(room, position);
                }
            }

            /// All who are in the room are told, since nothing that is shown tells them.
            private void onStateAlone(RoomId room, long position) {
                environment
                        .stores()
                        .timeline()
                        .localMembers(room, server.name())
                        .map(LinkedHashSet::new)
                        .subscribe()
                        .with(
                                users -> above.onMembership(users, position),
                                failure ->
                                        environment
                                                .telemetry()
                                                .defect("the state of room " + room, failure));
            }

            @Override
            public void onOutbox(SequencedSet<ServerName> audience) {
                below.wake(audience);
            }

            @Override
            public void onStaged(RoomId room) {
                gaps.wake(room);
            }

            @Override
            public void onUnsigned(RoomId room, List<Pdu> events) {
                unsigned.onUnsigned(events);
            }
        };
    }

    private void onMembership(UserId user, long position) {
        above.onMembership(new LinkedHashSet<>(List.of(user)), position);
    }

    @Override
    public Uni<RoomId> create(RoomPlan plan) {
        return Promise.eager(making.create(plan));
    }

    @Override
    public Uni<EventId> submit(EventDraft draft, Optional<ClientTransaction> client) {
        return client.map(it -> own.submit(draft, it))
                .orElseGet(() -> Promise.eager(own.submit(draft)));
    }

    @Override
    public Uni<EventId> invite(RoomId room, UserId sender, UserId target, JsonObject content) {
        return Promise.eager(memberships.invite(room, sender, target, content));
    }

    @Override
    public Uni<EventId> join(RoomId room, UserId user, List<ServerName> via, JsonObject content) {
        return Promise.eager(memberships.join(room, user, via, content));
    }

    @Override
    public List<JoinUnderWay> joinsUnderWay(UserId user) {
        return memberships.joinsUnderWay(user);
    }

    @Override
    public Uni<EventId> knock(RoomId room, UserId user, List<ServerName> via, JsonObject content) {
        return Promise.eager(memberships.knock(room, user, via, content));
    }

    @Override
    public Uni<Void> leave(RoomId room, UserId user, JsonObject content) {
        return Promise.eager(memberships.leave(room, user, content));
    }

    @Override
    public Uni<SequencedSet<ServerName>> waysIn(RoomId room) {
        return environment
                .stores()
                .timeline()
                .residentServers(room)
                .chain(servers -> acls.named(room, servers));
    }

    @Override
    public Uni<Optional<RoomState>> state(RoomId room) {
        return environment
                .stores()
                .rooms()
                .snapshot(room)
                .chain(tip -> stateAt(tip, tip.map(RoomSnapshot::current)));
    }

    @Override
    public Uni<Optional<RoomState>> stateAt(RoomId room, EventId event, boolean after) {
        return Uni.combine()
                .all()
                .unis(environment.stores().rooms().snapshot(room), stored(room, event))
                .asTuple()
                .chain(
                        both ->
                                stateAt(
                                        both.getItem1(),
                                        both.getItem2()
                                                .flatMap(
                                                        after
                                                                ? StoredEvent::after
                                                                : StoredEvent::before)));
    }

    private Uni<Optional<RoomState>> stateAt(
            Optional<RoomSnapshot> tip, Optional<StatePoint> point) {
        if (tip.isEmpty() || point.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return reader.roomState(tip.get().room(), tip.get().version(), point.get())
                .map(Optional::of);
    }

    @Override
    public Uni<Optional<Pdu>> event(RoomId room, EventId event) {
        return stored(room, event)
                .map(
                        found ->
                                found.filter(e -> e.status() == EventStatus.ACCEPTED)
                                        .filter(e -> e.kind() != EventKind.OUTLIER)
                                        .map(StoredEvent::pdu));
    }

    private Uni<Optional<StoredEvent>> stored(RoomId room, EventId event) {
        return environment
                .stores()
                .rooms()
                .events(room, List.of(event))
                .map(found -> Optional.ofNullable(found.get(event)));
    }

    @Override
    public Explanations explanations() {
        return explanations;
    }

    @Override
    public RoomHealth health() {
        return new RecordedHealth(environment.stores().health());
    }

    @Override
    public Uni<Integer> backfill(RoomId room, int limit) {
        return Promise.eager(gaps.backfill(room, limit));
    }

    @Override
    public Uni<SequencedMap<EventId, PduOutcome>> onPdus(
            Arrival arrival, RoomId room, List<RawPdu> pdus) {
        return Promise.eager(receiving.receive(arrival, room, pdus));
    }

    @Override
    public Uni<Void> onRoomless(Arrival arrival, int count) {
        return receiving.receiveRoomless(arrival, count);
    }

    @Override
    public void onEdus(ServerName origin, List<Edu> edus) {
        // No kind of ephemeral unit is taken in yet: unknown ones are ignored.
    }

    @Override
    public RoomQueryHandler rooms() {
        return queries;
    }
}
