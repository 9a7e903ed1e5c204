package org.stratafed.server.engine.pdu.graph;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.room.Gap;
import org.stratafed.api.spi.store.StagedEvent;

/// How far a room is with its gaps.
final class Progress {
    final Allowances allowances = new Allowances();
    boolean running;
    boolean again;
    int runs;
    Duration retry = GapBook.RETRY_MIN;
    private SequencedMap<EventId, Integer> attempts = new LinkedHashMap<>();

    boolean isAt(int run) {
        return !running && runs == run;
    }

    /// Those that waited for the last time: for what was tried too often, or for nothing that
    /// is missing, which is counted here.
    List<StagedEvent> overdue(List<StagedEvent> staged, SequencedMap<EventId, Gap> gaps) {
        var waiting = waiting(gaps);
        var counted = new LinkedHashMap<EventId, Integer>();
        staged.stream()
                .filter(it -> !waiting.contains(it.id()))
                .forEach(it -> counted.put(it.id(), 1 + attempts.getOrDefault(it.id(), 0)));
        attempts = counted;
        var inVain = new LinkedHashSet<EventId>();
        gaps.values().stream()
                .filter(gap -> gap.next().isEmpty())
                .forEach(gap -> inVain.addAll(gap.waiting()));
        return staged.stream()
                .filter(
                        it ->
                                inVain.contains(it.id())
                                        || counted.getOrDefault(it.id(), 0) >= GapBook.ATTEMPTS_MAX)
                .toList();
    }

    private static SequencedSet<EventId> waiting(SequencedMap<EventId, Gap> gaps) {
        var waiting = new LinkedHashSet<EventId>();
        gaps.values().forEach(gap -> waiting.addAll(gap.waiting()));
        return waiting;
    }

    /// When to try again: what is recorded at its time, all else less and less often.
    Optional<Duration> delay(List<StagedEvent> staged, SequencedMap<EventId, Gap> gaps, long now) {
        var next =
                gaps.values().stream()
                        .filter(gap -> gap.next().isPresent())
                        .map(gap -> gap.next().getAsLong() - now)
                        .min(Long::compare)
                        .map(Duration::ofMillis)
                        .map(it -> it.compareTo(GapBook.RETRY_MIN) > 0 ? it : GapBook.RETRY_MIN);
        var waiting = waiting(gaps);
        if (staged.stream().allMatch(it -> waiting.contains(it.id()))) {
            return next;
        }
        var other = retry;
        var twice = retry.multipliedBy(2);
        retry = twice.compareTo(GapBook.RETRY_MAX) < 0 ? twice : GapBook.RETRY_MAX;
        return Optional.of(next.filter(it -> it.compareTo(other) < 0).orElse(other));
    }
}
