package org.stratafed.server.engine.pdu.room;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/// Measures the parts of a turn, of which each ends when the next begins. A clock that is set
/// meanwhile makes it wrong, and does no other harm.
final class StopWatch {

    enum Part {
        WAITING,
        READING,
        DECIDING,
        STORING
    }

    private final InstantSource clock;
    private final Map<Part, Duration> took = new EnumMap<>(Part.class);
    private Part part = Part.WAITING;
    private Instant since;

    StopWatch(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    void begin(Part next) {
        var now = clock.instant();
        took.merge(part, Duration.between(since, now), Duration::plus);
        part = next;
        since = now;
    }

    /// All so far, up to now.
    TurnTimes times() {
        begin(part);
        return new TurnTimes(
                of(Part.WAITING), of(Part.READING), of(Part.DECIDING), of(Part.STORING));
    }

    private Duration of(Part part) {
        return took.getOrDefault(part, Duration.ZERO);
    }
}
