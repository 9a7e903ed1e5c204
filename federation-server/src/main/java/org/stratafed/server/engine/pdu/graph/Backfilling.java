package org.stratafed.server.engine.pdu.graph;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Predicate;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.TimelineStore.BackwardExtremity;
import org.stratafed.server.engine.pdu.graph.EventFetcher.Source;
import org.stratafed.server.engine.pdu.room.PlaceHistory;
import org.stratafed.server.engine.pdu.room.Promise;

/// History from before what is here: asked of the servers in the room, newest gap first, until one
/// has something.
///
/// See "Backfilling and retrieving missing events" in the server-server API.
final class Backfilling {

    static final int LIMIT_MAX = 100;
    static final int EXTREMITIES_MAX = 5;
    static final int ROOTS_MAX = 10;

    private final Means with;
    private final EventFetcher fetcher;
    private final Map<RoomId, Uni<Integer>> underWay = new LinkedHashMap<>();

    Backfilling(Means with) {
        this.with = with;
        fetcher = with.fetcher();
    }

    /// Answers how many events came to the room's history. While that is under way, whoever wants
    /// more of the room's history gets the same answer.
    Uni<Integer> run(RoomId room, int limit) {
        var other = underWay.get(room);
        return other != null ? other : begin(room, limit, _ -> true);
    }

    /// The same, only for what these are missing for.
    Uni<Integer> repair(RoomId room, Collection<EventId> missing) {
        return begin(room, LIMIT_MAX, gap -> gap.missing().stream().anyMatch(missing::contains));
    }

    private Uni<Integer> begin(RoomId room, int limit, Predicate<BackwardExtremity> wanted) {
        var over = new Promise<Integer>();
        underWay.put(room, over.uni());
        with.lanes()
                .lane(room)
                .rules()
                .chain(
                        rules ->
                                rules.isEmpty()
                                        ? Uni.createFrom().item(0)
                                        : run(
                                                room,
                                                rules.get(),
                                                wanted,
                                                Math.min(limit, LIMIT_MAX)))
                .onTermination()
                .invoke(() -> underWay.remove(room, over.uni()))
                .subscribe()
                .with(over::complete, over::fail);
        return over.uni();
    }

    private Uni<Integer> run(
            RoomId room, RoomVersionRules rules, Predicate<BackwardExtremity> wanted, int limit) {
        return with.environment()
                .stores()
                .timeline()
                .backwardExtremities(room)
                .map(gaps -> gaps.stream().filter(wanted).limit(EXTREMITIES_MAX).toList())
                .chain(
                        gaps ->
                                with.peers()
                                        .inOrder(room, List.of())
                                        .map(servers -> pair(room, rules, gaps, servers))
                                        .chain(attempts -> firstThatBrings(attempts, limit))
                                        .call(() -> settle(room, gaps)));
    }

    private record Attempt(Source source, BackwardExtremity gap) {}

    /// Writes down where history still ends.
    private Uni<?> settle(RoomId room, List<BackwardExtremity> tried) {
        var missing = new LinkedHashSet<EventId>();
        tried.forEach(gap -> missing.addAll(gap.missing()));
        return missing.isEmpty()
                ? Uni.createFrom().voidItem()
                : with.environment()
                        .stores()
                        .timeline()
                        .backwardExtremities(room)
                        .map(now -> endings(missing, now))
                        .chain(endings -> with.book().settle(room, Optional.empty(), endings));
    }

    /// The events of the history that come directly after each of these.
    static SequencedMap<EventId, SequencedSet<EventId>> endings(
            Collection<EventId> missing, List<BackwardExtremity> extremities) {
        var endings = new LinkedHashMap<EventId, SequencedSet<EventId>>();
        missing.forEach(id -> endings.put(id, new LinkedHashSet<>()));
        for (var extremity : extremities) {
            for (var id : extremity.missing()) {
                if (endings.containsKey(id)) {
                    endings.get(id).add(extremity.event());
                }
            }
        }
        return endings;
    }

    private static List<Attempt> pair(
            RoomId room,
            RoomVersionRules rules,
            List<BackwardExtremity> gaps,
            List<ServerName> servers) {
        var attempts = new ArrayList<Attempt>();
        for (var gap : gaps) {
            servers.forEach(
                    server ->
                            attempts.add(
                                    new Attempt(
                                            new Source(server, room, rules, new Received()), gap)));
        }
        return attempts;
    }

    private Uni<Integer> firstThatBrings(List<Attempt> attempts, int limit) {
        Uni<Integer> brought = Uni.createFrom().item(0);
        for (var attempt : attempts) {
            brought =
                    brought.chain(
                            count ->
                                    count > 0 ? Uni.createFrom().item(count) : ask(attempt, limit));
        }
        return brought;
    }

    private Uni<Integer> ask(Attempt attempt, int limit) {
        return answer(attempt, limit)
                .chain(
                        events ->
                                events.isEmpty()
                                        ? Uni.createFrom().item(1)
                                        : place(attempt, events.get()))
                .invoke(count -> note(attempt, count + " events of use"))
                .onFailure(RemoteFailure.class)
                .recoverWithItem(
                        failure -> {
                            note(attempt, failure.getMessage());
                            return 0;
                        });
    }

    /// What the server has; empty if what is missing came in another way meanwhile.
    private Uni<Optional<List<Pdu>>> answer(Attempt attempt, int limit) {
        var room = attempt.source().room();
        var missing = attempt.gap().missing();
        return fetcher.fetches()
                .alone(
                        room,
                        missing,
                        () ->
                                with.rooms()
                                        .events(room, missing)
                                        .chain(
                                                known ->
                                                        isPlaced(known, missing)
                                                                ? Uni.createFrom()
                                                                        .item(Optional.empty())
                                                                : remoteAnswer(attempt, limit)
                                                                        .map(Optional::of)));
    }

    private static boolean isPlaced(
            SequencedMap<EventId, StoredEvent> known, Collection<EventId> missing) {
        return missing.stream()
                .allMatch(id -> known.containsKey(id) && known.get(id).kind() != EventKind.OUTLIER);
    }

    private void note(Attempt attempt, String answer) {
        with.book()
                .note(
                        attempt.source().room(),
                        attempt.gap().missing(),
                        attempt.source().server(),
                        "backfill",
                        answer);
    }

    private Uni<List<Pdu>> remoteAnswer(Attempt attempt, int limit) {
        var source = attempt.source();
        var request =
                new BackfillRequest(source.room(), List.copyOf(attempt.gap().missing()), limit);
        return with.remote()
                .backfill(source.server(), request)
                .chain(raw -> with.intake().soundHistory(source.rules(), raw, source.server()))
                .map(
                        events ->
                                Ancestors.of(
                                        source.room(), attempt.gap().missing(), events, LIMIT_MAX))
                .chain(events -> fetcher.unplaced(source.room(), events));
    }

    private Uni<Integer> place(Attempt attempt, List<Pdu> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        var source = attempt.source();
        return fetchAuthEvents(source, events)
                .chain(() -> with.rooms().events(source.room(), cited(events)))
                .chain(known -> givenStates(source, roots(events, known)))
                .chain(
                        given ->
                                with.lanes()
                                        .lane(source.room())
                                        .run(
                                                new PlaceHistory(
                                                        events,
                                                        attempt.gap().order(),
                                                        given,
                                                        source.arrival())))
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
                            return fetcher.authChain(source, citing.orElseThrow().id(), missing)
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
