package org.stratafed.server.engine.pdu.graph;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.api.spi.store.TimelineStore.BackwardExtremity;
import org.stratafed.server.engine.pdu.graph.EventFetcher.Source;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.PlaceHistory;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// History from before what is here: asked of the servers in the room, newest gap first, until one
/// has something.
///
/// See "Backfilling and retrieving missing events" in the server-server API.
public final class Backfilling {

    public static final int LIMIT_MAX = 100;
    static final int EXTREMITIES_MAX = 5;
    static final int ROOTS_MAX = 10;

    private final RemoteRooms remote;
    private final RoomStore rooms;
    private final TimelineStore timeline;
    private final RoomLanes lanes;
    private final PduIntake intake;
    private final PeersOfRoom peers;
    private final EventFetcher fetcher;

    public Backfilling(
            RemoteRooms remote,
            RoomStore rooms,
            TimelineStore timeline,
            RoomLanes lanes,
            PduIntake intake,
            PeersOfRoom peers,
            EventFetcher fetcher) {
        this.remote = remote;
        this.rooms = rooms;
        this.timeline = timeline;
        this.lanes = lanes;
        this.intake = intake;
        this.peers = peers;
        this.fetcher = fetcher;
    }

    /// Answers how many events came to the room's history.
    public Uni<Integer> run(RoomId room, int limit) {
        return lanes.lane(room)
                .rules()
                .chain(
                        rules ->
                                rules.isEmpty()
                                        ? Uni.createFrom().item(0)
                                        : attempts(room, rules.get())
                                                .chain(
                                                        attempts ->
                                                                firstThatBrings(
                                                                        attempts,
                                                                        Math.min(
                                                                                limit,
                                                                                LIMIT_MAX))));
    }

    private record Attempt(Source source, BackwardExtremity gap) {}

    private Uni<List<Attempt>> attempts(RoomId room, RoomVersionRules rules) {
        return timeline.backwardExtremities(room)
                .chain(
                        gaps ->
                                peers.inOrder(room, List.of())
                                        .map(servers -> pair(room, rules, gaps, servers)));
    }

    private static List<Attempt> pair(
            RoomId room,
            RoomVersionRules rules,
            List<BackwardExtremity> gaps,
            List<ServerName> servers) {
        var attempts = new ArrayList<Attempt>();
        for (var gap : gaps.stream().limit(EXTREMITIES_MAX).toList()) {
            servers.forEach(
                    server -> attempts.add(new Attempt(new Source(server, room, rules), gap)));
        }
        return attempts;
    }

    private Uni<Integer> firstThatBrings(List<Attempt> attempts, int limit) {
        Uni<Integer> brought = Uni.createFrom().item(0);
        for (var attempt : attempts) {
            brought =
                    brought.chain(
                            count ->
                                    count > 0
                                            ? Uni.createFrom().item(count)
                                            : ask(attempt, limit)
                                                    .onFailure(RemoteFailure.class)
                                                    .recoverWithItem(0));
        }
        return brought;
    }

    private Uni<Integer> ask(Attempt attempt, int limit) {
        var source = attempt.source();
        var request =
                new BackfillRequest(source.room(), List.copyOf(attempt.gap().missing()), limit);
        return remote.backfill(source.server(), request)
                .chain(raw -> intake.soundHistory(source.rules(), raw, source.server()))
                .map(
                        events ->
                                Ancestors.of(
                                        source.room(), attempt.gap().missing(), events, LIMIT_MAX))
                .chain(events -> fetcher.unplaced(source.room(), events))
                .chain(events -> place(attempt, events));
    }

    private Uni<Integer> place(Attempt attempt, List<Pdu> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        var source = attempt.source();
        return fetchAuthEvents(source, events)
                .chain(() -> rooms.events(source.room(), cited(events)))
                .chain(known -> givenStates(source, roots(events, known)))
                .chain(
                        given ->
                                lanes.lane(source.room())
                                        .run(
                                                new PlaceHistory(
                                                        events, attempt.gap().order(), given)))
                .map(Backfilling::countAccepted);
    }

    private Uni<Void> fetchAuthEvents(Source source, List<Pdu> events) {
        var wanted = new LinkedHashSet<EventId>();
        events.forEach(event -> wanted.addAll(event.authEvents()));
        events.forEach(event -> wanted.remove(event.id()));
        return fetcher.unknown(source.room(), wanted)
                .chain(
                        missing -> {
                            if (missing.isEmpty()) {
                                return Uni.createFrom().voidItem();
                            }
                            var citing =
                                    events.stream()
                                            .filter(
                                                    e ->
                                                            e.authEvents()
                                                                    .contains(missing.getFirst()))
                                            .findFirst();
                            return fetcher.authChain(source, citing.orElseThrow().id())
                                    .onFailure(RemoteFailure.class)
                                    .recoverWithNull()
                                    .chain(() -> fetcher.outliers(source, missing));
                        });
    }

    private static List<EventId> cited(List<Pdu> events) {
        var cited = new LinkedHashSet<EventId>();
        events.forEach(event -> cited.addAll(event.prevEvents()));
        return List.copyOf(cited);
    }

    /// The events of which not all predecessors are at hand, so that the state before them has to
    /// be told.
    private static List<EventId> roots(List<Pdu> events, SequencedMap<EventId, StoredEvent> known) {
        var placed = new LinkedHashSet<EventId>();
        known.forEach((id, event) -> event.after().ifPresent(_ -> placed.add(id)));
        events.forEach(event -> placed.add(event.id()));
        return events.stream()
                .filter(event -> !placed.containsAll(event.prevEvents()))
                .map(Pdu::id)
                .limit(ROOTS_MAX)
                .toList();
    }

    private Uni<SequencedMap<EventId, List<EventId>>> givenStates(
            Source source, List<EventId> roots) {
        Uni<SequencedMap<EventId, List<EventId>>> given =
                Uni.createFrom().item(new LinkedHashMap<>());
        for (var root : roots) {
            given =
                    given.chain(
                            states ->
                                    fetcher.stateBefore(source, root)
                                            .map(Optional::of)
                                            .onFailure(RemoteFailure.class)
                                            .recoverWithItem(Optional.empty())
                                            .map(
                                                    state -> {
                                                        state.ifPresent(s -> states.put(root, s));
                                                        return states;
                                                    }));
        }
        return given;
    }

    private static int countAccepted(SequencedMap<EventId, PduOutcome> outcomes) {
        return (int)
                outcomes.values().stream()
                        .filter(outcome -> outcome instanceof PduOutcome.Accepted)
                        .count();
    }
}
