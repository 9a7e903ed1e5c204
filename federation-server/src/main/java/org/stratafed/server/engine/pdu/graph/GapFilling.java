package org.stratafed.server.engine.pdu.graph;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.ParsedPdu;
import org.stratafed.server.engine.pdu.graph.EventFetcher.Source;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.PlaceWithState;
import org.stratafed.server.engine.pdu.room.Promise;
import org.stratafed.server.engine.pdu.room.ReceiveEvents;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// One attempt to get what a room's staged events wait for.
///
/// Step by step, each at most once per server and subject: walk back with `get_missing_events`;
/// where that leads nowhere, learn the state before the oldest event with `state_ids` and place it
/// after that. An event whose auth events are missing gets its auth chain. After each step that
/// brought something, what waits is judged again.
///
/// See "Backfilling and retrieving missing events" in the server-server API.
final class GapFilling {

    static final int STEPS_MAX = 2_000;
    static final int STAGED_MAX = 5_000;
    static final int LATEST_MAX = 20;
    static final int EVENTS_PER_STEP_MAX = 100;

    private final RoomId room;
    private final RoomStore rooms;
    private final RemoteRooms remote;
    private final RoomLanes lanes;
    private final PduIntake intake;
    private final PeersOfRoom peers;
    private final EventFetcher fetcher;
    private final SequencedSet<Step> tried = new LinkedHashSet<>();
    private final Promise<Boolean> ended = new Promise<>();

    GapFilling(
            RoomId room,
            RoomStore rooms,
            RemoteRooms remote,
            RoomLanes lanes,
            PduIntake intake,
            PeersOfRoom peers,
            EventFetcher fetcher) {
        this.room = room;
        this.rooms = rooms;
        this.remote = remote;
        this.lanes = lanes;
        this.intake = intake;
        this.peers = peers;
        this.fetcher = fetcher;
    }

    /// Something to try.
    private sealed interface Step {
        record JudgeAgain(SequencedSet<EventId> staged) implements Step {}

        record WalkBack(ServerName server, SequencedSet<EventId> latest) implements Step {}

        record FetchAuthChain(ServerName server, EventId event) implements Step {}

        record FetchAuthEvents(ServerName server, SequencedSet<EventId> missing) implements Step {}

        record LearnState(ServerName server, EventId event) implements Step {}
    }

    /// Answers whether nothing waits any more.
    Uni<Boolean> run() {
        next();
        return ended.uni();
    }

    private void next() {
        if (tried.size() >= STEPS_MAX) {
            ended.complete(false);
            return;
        }
        look().subscribe().with(this::take, ended::fail);
    }

    private void take(Optional<Situation> situation) {
        if (situation.isEmpty()) {
            ended.complete(true);
            return;
        }
        var step = situation.get().steps().stream().filter(s -> !tried.contains(s)).findFirst();
        if (step.isEmpty()) {
            ended.complete(false);
            return;
        }
        tried.add(step.get());
        carryOut(step.get(), situation.get())
                .subscribe()
                .with(
                        _ -> next(),
                        failure -> {
                            // A peer that does not help is a step that led nowhere.
                            if (failure instanceof RemoteFailure) {
                                next();
                            } else {
                                ended.fail(failure);
                            }
                        });
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
                            var events = parse(rules, staged);
                            if (events.isEmpty()) {
                                return Uni.createFrom().item(Optional.<Situation>empty());
                            }
                            return situation(rules, staged, events).map(Optional::of);
                        });
    }

    private static Map<EventId, Pdu> parse(RoomVersionRules rules, List<StagedEvent> staged) {
        var events = new LinkedHashMap<EventId, Pdu>();
        for (var event : staged) {
            switch (EventParser.parse(rules, event.pdu())) {
                case ParsedPdu.Parsed(var pdu) -> events.put(pdu.id(), pdu);
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
        var origins = new LinkedHashSet<ServerName>();
        staged.reversed().forEach(event -> origins.add(event.origin()));
        return rooms.events(room, cited)
                .chain(
                        known ->
                                rooms.snapshot(room)
                                        .chain(
                                                tip ->
                                                        peers.inOrder(room, origins)
                                                                .map(
                                                                        servers ->
                                                                                new Situation(
                                                                                        rules,
                                                                                        events,
                                                                                        known, tip,
                                                                                        servers))));
    }

    private Uni<?> carryOut(Step step, Situation now) {
        return switch (step) {
            case Step.JudgeAgain _ -> judgeAgain(now);
            case Step.WalkBack(var server, var latest) -> walkBack(now, server, latest);
            case Step.FetchAuthChain(var server, var event) ->
                    fetcher.authChain(new Source(server, room, now.rules()), event);
            case Step.FetchAuthEvents(var server, var missing) ->
                    fetcher.outliers(new Source(server, room, now.rules()), missing);
            case Step.LearnState(var server, var event) ->
                    fetcher.stateBefore(new Source(server, room, now.rules()), event)
                            .chain(
                                    state ->
                                            lanes.lane(room)
                                                    .run(
                                                            new PlaceWithState(
                                                                    now.staged().get(event),
                                                                    state)));
        };
    }

    private Uni<?> judgeAgain(Situation now) {
        var events = List.copyOf(now.staged().values());
        return lanes.lane(room)
                .run(
                        new ReceiveEvents(
                                now.servers().isEmpty() ? peers.local() : now.servers().getFirst(),
                                events,
                                ReceiveEvents.Handling.STAGED));
    }

    private Uni<?> walkBack(Situation now, ServerName server, SequencedSet<EventId> latest) {
        var request =
                new MissingEventsRequest(
                        room, now.extremities(), List.copyOf(latest), EVENTS_PER_STEP_MAX, 0);
        return remote.missingEvents(server, request)
                .chain(raw -> intake.sound(now.rules(), raw))
                .map(
                        sound ->
                                sound.stream()
                                        .filter(event -> event.roomId().equals(room))
                                        .limit(EVENTS_PER_STEP_MAX)
                                        .toList())
                .chain(
                        events ->
                                events.isEmpty()
                                        ? Uni.createFrom().voidItem()
                                        : lanes.lane(room)
                                                .run(
                                                        new ReceiveEvents(
                                                                server,
                                                                events,
                                                                ReceiveEvents.Handling.PUSHED))
                                                .replaceWithVoid());
    }

    /// What waits, and what of the events it cites is here.
    private record Situation(
            RoomVersionRules rules,
            Map<EventId, Pdu> staged,
            Map<EventId, StoredEvent> known,
            Optional<RoomSnapshot> tip,
            List<ServerName> servers) {

        List<Step> steps() {
            var steps = new ArrayList<Step>();
            if (staged.values().stream().anyMatch(this::lacksNothing)) {
                steps.add(new Step.JudgeAgain(new LinkedHashSet<>(staged.keySet())));
            }
            authSteps(steps);
            previousSteps(steps);
            return steps;
        }

        private void authSteps(List<Step> steps) {
            for (var event : staged.values()) {
                var missing = new LinkedHashSet<>(event.authEvents());
                missing.removeIf(known::containsKey);
                missing.removeIf(staged::containsKey);
                if (!missing.isEmpty()) {
                    servers.forEach(s -> steps.add(new Step.FetchAuthChain(s, event.id())));
                    servers.forEach(s -> steps.add(new Step.FetchAuthEvents(s, missing)));
                }
            }
        }

        private void previousSteps(List<Step> steps) {
            var latest = new LinkedHashSet<EventId>();
            for (var event : staged.values()) {
                if (event.prevEvents().stream().anyMatch(this::isMissing)) {
                    latest.add(event.id());
                }
            }
            if (latest.isEmpty()) {
                return;
            }
            var asked = new LinkedHashSet<>(latest.stream().limit(LATEST_MAX).toList());
            if (staged.size() < STAGED_MAX) {
                servers.forEach(server -> steps.add(new Step.WalkBack(server, asked)));
            }
            asked.forEach(event -> servers.forEach(s -> steps.add(new Step.LearnState(s, event))));
        }

        private boolean lacksNothing(Pdu event) {
            return event.prevEvents().stream().allMatch(this::isPlaced)
                    && event.authEvents().stream().allMatch(known::containsKey);
        }

        private boolean isPlaced(EventId id) {
            var event = known.get(id);
            return event != null && event.kind() != EventKind.OUTLIER;
        }

        private boolean isMissing(EventId id) {
            return !isPlaced(id) && !staged.containsKey(id);
        }

        List<EventId> extremities() {
            return tip.map(t -> List.copyOf(t.extremities().keySet())).orElse(List.of());
        }
    }
}
