package org.stratafed.server.engine.pdu.graph;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
/// @param servers whom to ask, in order
record Situation(
        RoomVersionRules rules,
        Map<EventId, Pdu> staged,
        Map<EventId, StoredEvent> known,
        Optional<RoomSnapshot> tip,
        Map<EventId, ServerName> origins,
        List<ServerName> servers) {

    /// Events that one question asks about.
    static final int LATEST_MAX = 20;

    List<GapStep> steps() {
        var steps = new ArrayList<GapStep>();
        if (staged.values().stream().anyMatch(this::lacksNothing)) {
            steps.add(new GapStep.JudgeAgain(new LinkedHashSet<>(staged.keySet())));
        }
        authSteps(steps);
        previousSteps(steps);
        return steps;
    }

    private void authSteps(List<GapStep> steps) {
        for (var event : staged.values()) {
            var missing = new LinkedHashSet<>(event.authEvents());
            missing.removeIf(known::containsKey);
            missing.removeIf(staged::containsKey);
            if (!missing.isEmpty()) {
                servers.forEach(s -> steps.add(new GapStep.FetchAuthChain(s, event.id())));
                servers.forEach(s -> steps.add(new GapStep.FetchAuthEvents(s, missing)));
            }
        }
    }

    private void previousSteps(List<GapStep> steps) {
        var latest = new LinkedHashSet<EventId>();
        for (var event : staged.values()) {
            if (event.prevEvents().stream().anyMatch(this::isMissing)) {
                latest.add(event.id());
            }
        }
        if (latest.isEmpty()) {
            return;
        }
        // In groups, so that events that nobody can help with don't keep others from being
        // asked for.
        var waiting = List.copyOf(latest);
        for (int start = 0; start < waiting.size(); start += LATEST_MAX) {
            int end = Math.min(start + LATEST_MAX, waiting.size());
            var asked = new LinkedHashSet<>(waiting.subList(start, end));
            servers.forEach(server -> steps.add(new GapStep.WalkBack(server, asked)));
            asked.forEach(e -> servers.forEach(s -> steps.add(new GapStep.LearnState(s, e))));
        }
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
