package org.stratafed.server.engine.pdu.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.StoredEvent;

/// What waits, and what of the events it cites is here.
///
/// @param origins who sent each of the events that wait
/// @param servers whom to ask beside each event's origin, in order
record Situation(
        RoomVersionRules rules,
        Map<EventId, Pdu> staged,
        Map<EventId, StoredEvent> known,
        Optional<RoomSnapshot> tip,
        Map<EventId, ServerName> origins,
        List<ServerName> servers) {

    /// Events that one question asks about.
    static final int LATEST_MAX = 20;

    /// What can be tried, the most promising first.
    List<GapStep> steps() {
        var steps = new ArrayList<GapStep>();
        if (staged.values().stream().anyMatch(this::lacksNothing)) {
            steps.add(new GapStep.JudgeAgain(new LinkedHashSet<>(staged.keySet())));
        }
        authSteps(steps);
        previousSteps(steps);
        return steps;
    }

    /// For whose events a step is made.
    Optional<ServerName> origin(GapStep step) {
        return switch (step) {
            case GapStep.JudgeAgain _ -> Optional.empty();
            case GapStep.FetchAuthChain(_, var event) -> Optional.of(origins.get(event));
            case GapStep.FetchAuthEvents(_, var origin, _) -> Optional.of(origin);
            case GapStep.WalkBack(_, var latest) -> Optional.of(origins.get(latest.getFirst()));
            case GapStep.LearnState(_, var event) -> Optional.of(origins.get(event));
        };
    }

    /// What is missing that a step might bring, or might do without.
    SequencedSet<EventId> about(GapStep step) {
        return switch (step) {
            case GapStep.JudgeAgain _ -> new LinkedHashSet<>();
            case GapStep.FetchAuthChain(_, var event) -> missingAuthEvents(staged.get(event));
            case GapStep.FetchAuthEvents(_, _, var missing) -> missing;
            case GapStep.WalkBack(_, var latest) -> {
                var missing = new LinkedHashSet<EventId>();
                latest.forEach(id -> missing.addAll(missingPrevious(staged.get(id))));
                yield missing;
            }
            case GapStep.LearnState(_, var event) -> missingPrevious(staged.get(event));
        };
    }

    /// What is missing, with the events that wait for it.
    SequencedMap<EventId, SequencedSet<EventId>> missing() {
        var missing = new LinkedHashMap<EventId, SequencedSet<EventId>>();
        for (var event : staged.values()) {
            var lacks = missingAuthEvents(event);
            lacks.addAll(missingPrevious(event));
            lacks.forEach(
                    id -> missing.computeIfAbsent(id, _ -> new LinkedHashSet<>()).add(event.id()));
        }
        return missing;
    }

    /// Of events of one origin that lack the same, one is asked about.
    private void authSteps(List<GapStep> steps) {
        var seen = new LinkedHashSet<Lacking>();
        for (var event : staged.values()) {
            var missing = missingAuthEvents(event);
            var origin = origins.get(event.id());
            if (!missing.isEmpty() && seen.add(new Lacking(origin, missing))) {
                var asked = asked(origin);
                asked.forEach(s -> steps.add(new GapStep.FetchAuthChain(s, event.id())));
                asked.forEach(s -> steps.add(new GapStep.FetchAuthEvents(s, origin, missing)));
            }
        }
    }

    /// Whoever sent an event is the last to be believed what the state before it was: it may have
    /// made both up, and whoever is in the room and took the event in had to decide on that, too.
    private static List<ServerName> tellers(List<ServerName> asked) {
        var tellers = new ArrayList<>(asked.subList(1, asked.size()));
        tellers.add(asked.getFirst());
        return tellers;
    }

    private static GapStep learn(ServerName server, EventId event) {
        return new GapStep.LearnState(server, event);
    }

    /// Who sent something is asked first for what is behind it.
    private List<ServerName> asked(ServerName origin) {
        var asked = new LinkedHashSet<ServerName>();
        asked.add(origin);
        asked.addAll(servers);
        return asked.stream().limit(PeersOfRoom.ASKED_MAX).toList();
    }

    private record Lacking(ServerName origin, SequencedSet<EventId> missing) {}

    private void previousSteps(List<GapStep> steps) {
        var latest = new LinkedHashMap<ServerName, List<EventId>>();
        for (var event : staged.values()) {
            if (event.prevEvents().stream().anyMatch(this::isMissing)) {
                latest.computeIfAbsent(origins.get(event.id()), _ -> new ArrayList<>())
                        .add(event.id());
            }
        }
        latest.forEach((origin, waiting) -> previousSteps(steps, asked(origin), waiting));
    }

    /// In groups, so that events that nobody can help with don't keep others from being asked for.
    private static void previousSteps(
            List<GapStep> steps, List<ServerName> servers, List<EventId> waiting) {
        for (int start = 0; start < waiting.size(); start += LATEST_MAX) {
            int end = Math.min(start + LATEST_MAX, waiting.size());
            var asked = new LinkedHashSet<>(waiting.subList(start, end));
            servers.forEach(server -> steps.add(new GapStep.WalkBack(server, asked)));
            asked.forEach(e -> tellers(servers).forEach(s -> steps.add(learn(s, e))));
        }
    }

    private SequencedSet<EventId> missingAuthEvents(Pdu event) {
        var missing = new LinkedHashSet<>(event.authEvents());
        missing.removeIf(known::containsKey);
        missing.removeIf(staged::containsKey);
        return missing;
    }

    private SequencedSet<EventId> missingPrevious(Pdu event) {
        var missing = new LinkedHashSet<>(event.prevEvents());
        missing.removeIf(id -> !isMissing(id));
        return missing;
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
