package org.stratafed.server.engine.pdu.graph;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.ParsedPdu;
import org.stratafed.server.engine.pdu.graph.EventFetcher.Source;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.DecidingFailed;
import org.stratafed.server.engine.pdu.room.Judging;
import org.stratafed.server.engine.pdu.room.PlaceWithState;
import org.stratafed.server.engine.pdu.room.Promise;
import org.stratafed.server.engine.pdu.room.ReceiveEvents;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// One attempt to get what a room's staged events wait for.
///
/// GapStep by step, each at most once per server and subject: walk back with `get_missing_events`;
/// where that leads nowhere, learn the state before the oldest event with `state_ids` and place it
/// after that. An event whose auth events are missing gets its auth chain. After each step that
/// brought something, what waits is judged again.
///
/// See "Backfilling and retrieving missing events" in the server-server API.
final class GapFilling {

    static final int STEPS_MAX = 2_000;
    static final int EVENTS_PER_STEP_MAX = 100;

    private final RoomId room;
    private final HomeserverEnvironment environment;
    private final RoomStore rooms;
    private final RemoteRooms remote;
    private final RoomLanes lanes;
    private final PduIntake intake;
    private final Judging judging;
    private final PeersOfRoom peers;
    private final EventFetcher fetcher;
    private final boolean isPatient;
    private final Map<EventId, Pdu> parsed = new LinkedHashMap<>();
    private final SequencedSet<GapStep> tried = new LinkedHashSet<>();
    private final SequencedSet<ServerName> outOfReach = new LinkedHashSet<>();
    private final Promise<Boolean> ended = new Promise<>();

    /// @param isPatient whether an event is rather left waiting than placed after a state of which
    ///     something is missing
    GapFilling(
            RoomId room,
            HomeserverEnvironment environment,
            RemoteRooms remote,
            RoomLanes lanes,
            PduIntake intake,
            Judging judging,
            PeersOfRoom peers,
            EventFetcher fetcher,
            boolean isPatient) {
        this.room = room;
        this.environment = environment;
        this.rooms = environment.stores().rooms();
        this.remote = remote;
        this.lanes = lanes;
        this.intake = intake;
        this.judging = judging;
        this.peers = peers;
        this.fetcher = fetcher;
        this.isPatient = isPatient;
    }

    /// Answers whether nothing waits any more.
    Uni<Boolean> run() {
        next();
        return ended.uni();
    }

    private void next() {
        look().chain(this::take)
                .subscribe()
                .with(result -> result.ifPresentOrElse(ended::complete, this::next), ended::fail);
    }

    /// Takes the next step; answers how it all ended once there is none.
    private Uni<Optional<Boolean>> take(Optional<Situation> situation) {
        if (situation.isEmpty()) {
            return Uni.createFrom().item(Optional.of(true));
        }
        var step =
                situation.get().steps().stream()
                        .filter(s -> !tried.contains(s))
                        .filter(s -> !isTooEarly(s, situation.get()))
                        .findFirst();
        if (step.isEmpty() || tried.size() >= STEPS_MAX) {
            return Uni.createFrom().item(Optional.of(false));
        }
        tried.add(step.get());
        return carryOut(step.get(), situation.get())
                .onFailure()
                .invoke(failure -> note(step.get(), failure))
                .onItemOrFailure()
                .<Optional<Boolean>>transformToUni(
                        (_, failure) ->
                                failure == null || leadsNowhere(failure)
                                        ? Uni.createFrom().item(Optional.empty())
                                        : Uni.createFrom().failure(failure));
    }

    /// Who sent an event has what comes before it. While he can't be asked for that, the state that
    /// somebody tells is no substitute: what is placed after it leaves out what comes before.
    private boolean isTooEarly(GapStep step, Situation now) {
        return isPatient
                && step instanceof GapStep.LearnState(_, var event)
                && outOfReach.contains(now.origins().get(event));
    }

    private void note(GapStep step, Throwable failure) {
        var isNoAnswer =
                failure instanceof RemoteFailure.TimedOut
                        || failure instanceof RemoteFailure.Unreachable;
        if (isNoAnswer && step instanceof GapStep.WalkBack(var server, _)) {
            outOfReach.add(server);
        }
    }

    /// A peer that does not help, a lane that is full, a defect that has been reported: the other
    /// steps are as good as before.
    private static boolean leadsNowhere(Throwable failure) {
        return failure instanceof RemoteFailure
                || failure instanceof MatrixException
                || failure instanceof DecidingFailed;
    }

    private Uni<Optional<Situation>> look() {
        return lanes.lane(room)
                .rules()
                .chain(
                        rules ->
                                rules.isEmpty()
                                        ? Uni.createFrom().item(Optional.<Situation>empty())
                                        : look(rules.get()));
    }

    private Uni<Optional<Situation>> look(RoomVersionRules rules) {
        return rooms.staged(room)
                .chain(
                        staged -> {
                            if (staged.isEmpty()) {
                                return Uni.createFrom().item(Optional.<Situation>empty());
                            }
                            return environment
                                    .compute()
                                    .run(() -> parse(rules, staged))
                                    .chain(events -> situation(rules, staged, events))
                                    .map(Optional::of);
                        });
    }

    /// What is staged, read once for the whole attempt.
    private Map<EventId, Pdu> parse(RoomVersionRules rules, List<StagedEvent> staged) {
        var events = new LinkedHashMap<EventId, Pdu>();
        for (var event : staged) {
            var read = parsed.get(event.id());
            if (read != null) {
                events.put(event.id(), read);
                continue;
            }
            switch (EventParser.parse(rules, event.pdu())) {
                case ParsedPdu.Parsed(var pdu) -> {
                    events.put(pdu.id(), pdu);
                    parsed.put(pdu.id(), pdu);
                }
                case ParsedPdu.NotAnEvent(var refusal) ->
                        throw new IllegalStateException("staged unchecked: " + refusal);
            }
        }
        return events;
    }

    private Uni<Situation> situation(
            RoomVersionRules rules, List<StagedEvent> staged, Map<EventId, Pdu> events) {
        var cited = new LinkedHashSet<EventId>();
        events.values().forEach(event -> cited.addAll(event.prevEvents()));
        events.values().forEach(event -> cited.addAll(event.authEvents()));
        var origins = new LinkedHashMap<EventId, ServerName>();
        staged.reversed().forEach(event -> origins.put(event.id(), event.origin()));
        return rooms.events(room, cited)
                .chain(
                        known ->
                                rooms.snapshot(room)
                                        .chain(
                                                tip ->
                                                        peers.inOrder(room, origins.values())
                                                                .map(
                                                                        servers ->
                                                                                new Situation(
                                                                                        rules,
                                                                                        events,
                                                                                        known, tip,
                                                                                        origins,
                                                                                        servers))));
    }

    private Uni<?> carryOut(GapStep step, Situation now) {
        return switch (step) {
            case GapStep.JudgeAgain _ -> judgeAgain(now);
            case GapStep.WalkBack(var server, var latest) -> walkBack(now, server, latest);
            case GapStep.FetchAuthChain(var server, var event) ->
                    fetcher.authChain(new Source(server, room, now.rules()), event);
            case GapStep.FetchAuthEvents(var server, var missing) ->
                    fetcher.outliers(new Source(server, room, now.rules()), missing);
            case GapStep.LearnState(var server, var event) ->
                    stateBefore(new Source(server, room, now.rules()), event)
                            .chain(
                                    state ->
                                            lanes.lane(room)
                                                    .run(
                                                            new PlaceWithState(
                                                                    now.staged().get(event),
                                                                    state)));
        };
    }

    private Uni<List<EventId>> stateBefore(Source source, EventId event) {
        return isPatient
                ? fetcher.wholeStateBefore(source, event)
                : fetcher.stateBefore(source, event);
    }

    private Uni<?> judgeAgain(Situation now) {
        var events = List.copyOf(now.staged().values());
        var origin = now.servers().isEmpty() ? peers.local() : now.servers().getFirst();
        return judging.judge(room, origin, events, ReceiveEvents.Handling.STAGED);
    }

    private Uni<?> walkBack(Situation now, ServerName server, SequencedSet<EventId> latest) {
        return depthOfOldest()
                .chain(
                        depth ->
                                remote.missingEvents(server, question(now, latest, depth))
                                        .chain(raw -> intake.sound(now.rules(), raw, server))
                                        .map(sound -> answers(now, latest, depth, sound)))
                .chain(
                        events ->
                                events.isEmpty()
                                        ? Uni.createFrom().voidItem()
                                        : judging.judge(
                                                        room,
                                                        new ReceiveEvents(
                                                                server,
                                                                events,
                                                                ReceiveEvents.Handling.PUSHED,
                                                                now.staged().values()))
                                                .replaceWithVoid());
    }

    private MissingEventsRequest question(
            Situation now, SequencedSet<EventId> latest, long minDepth) {
        return new MissingEventsRequest(
                room, now.extremities(), List.copyOf(latest), EVENTS_PER_STEP_MAX, minDepth);
    }

    private List<Pdu> answers(
            Situation now, SequencedSet<EventId> latest, long minDepth, List<Pdu> sound) {
        return Ancestors.of(room, wanted(now, latest), sound, EVENTS_PER_STEP_MAX).stream()
                .filter(event -> event.depth() >= minDepth)
                .toList();
    }

    /// How deep the oldest event of the history here is. What is less deep is history for those who
    /// page back to it: a gap that leads there is closed by the state there, or else one late event
    /// would bring all the history of before our join along, as if it were new.
    private Uni<Long> depthOfOldest() {
        return environment
                .stores()
                .timeline()
                .page(room, Long.MIN_VALUE, false, 1)
                .map(oldest -> oldest.stream().findFirst().map(it -> it.pdu().depth()).orElse(0L));
    }

    private static SequencedSet<EventId> wanted(Situation now, SequencedSet<EventId> latest) {
        var wanted = new LinkedHashSet<EventId>();
        latest.forEach(id -> wanted.addAll(now.staged().get(id).prevEvents()));
        return wanted;
    }
}
