package org.stratafed.server.engine.pdu.explain;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.stratafed.api.layer.pdu.EventExplanation.Stage;
import org.stratafed.api.model.id.EventId;

/// How long the stages took of what was done for the newest events. In memory only: it tells who
/// looks into something slow what was slow, and is no part of any verdict.
public final class TimeBook {

    static final int EVENTS_MAX = 10_000;

    private final SequencedMap<EventId, Map<Stage, Duration>> events = new LinkedHashMap<>();

    /// Adds what a stage took for events that were handled together.
    public void add(Collection<EventId> ids, Stage stage, Duration took) {
        for (var id : ids) {
            var stages = events.remove(id);
            if (stages == null) {
                stages = new EnumMap<>(Stage.class);
            }
            stages.merge(stage, took.isNegative() ? Duration.ZERO : took, Duration::plus);
            events.putLast(id, stages);
        }
        while (events.size() > EVENTS_MAX) {
            events.pollFirstEntry();
        }
    }

    SequencedMap<Stage, Duration> of(EventId event) {
        var stages = new LinkedHashMap<Stage, Duration>();
        stages.putAll(events.getOrDefault(event, new EnumMap<>(Stage.class)));
        return Collections.unmodifiableSequencedMap(stages);
    }
}
