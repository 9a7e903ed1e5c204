package org.stratafed.server.engine.pdu.graph;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.Gap;
import org.stratafed.api.spi.store.RoomHealthStore;

/// The recorded gaps of all rooms, and who was asked about them.
///
/// It is told what is needed after each attempt, and keeps the record in step with that: a gap that
/// nobody needs is filled. The time of the next attempt moves away with each that was in vain.
final class GapBook {

    static final Duration RETRY_MIN = Duration.ofSeconds(30);
    static final Duration RETRY_MAX = Duration.ofHours(1);

    /// After so many attempts a gap is not tried again by itself, and what waits for it is given
    /// up. They are an hour apart by then, which makes it about four days.
    static final int ATTEMPTS_MAX = 100;

    static final int GAPS_PER_ROOM_MAX = 1_000;
    static final int ANSWER_CHARS_MAX = 200;

    private final RoomHealthStore store;
    private final InstantSource clock;
    private final Map<RoomId, Page> pages = new LinkedHashMap<>();

    GapBook(RoomHealthStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// What is known of one room's gaps.
    private static final class Page {
        private SequencedMap<EventId, Gap> gaps = new LinkedHashMap<>();
        private final Map<EventId, List<Gap.Asked>> asked = new LinkedHashMap<>();
        private boolean loaded;
    }

    /// The room's gaps as recorded, by what is missing.
    Uni<SequencedMap<EventId, Gap>> of(RoomId room) {
        return page(room).map(page -> Collections.unmodifiableSequencedMap(page.gaps));
    }

    private Uni<Page> page(RoomId room) {
        var page = pages.computeIfAbsent(room, _ -> new Page());
        if (page.loaded) {
            return Uni.createFrom().item(page);
        }
        return store.gaps(room)
                .map(
                        gaps -> {
                            if (!page.loaded) {
                                gaps.forEach(gap -> page.gaps.put(gap.missing(), gap));
                                page.loaded = true;
                            }
                            return page;
                        });
    }

    /// A server was asked, and that is what came of it.
    void note(
            RoomId room,
            Collection<EventId> missing,
            ServerName server,
            String question,
            String answer) {
        var page = pages.computeIfAbsent(room, _ -> new Page());
        var shown =
                answer.length() > ANSWER_CHARS_MAX ? answer.substring(0, ANSWER_CHARS_MAX) : answer;
        var asked = new Gap.Asked(server, clock.millis(), question, shown);
        missing.forEach(
                id -> {
                    var of = page.asked.computeIfAbsent(id, _ -> new ArrayList<>());
                    of.add(asked);
                    if (of.size() > Gap.ASKED_MAX) {
                        of.removeFirst();
                    }
                });
    }

    /// Missing events that somebody was asked for since the last time.
    SequencedSet<EventId> asked(RoomId room) {
        var page = pages.get(room);
        return page == null ? new LinkedHashSet<>() : new LinkedHashSet<>(page.asked.keySet());
    }

    /// After an attempt: records what is needed still, and forgets what isn't. Answers the room's
    /// gaps then.
    ///
    /// @param waiting what waits for each missing event, for all of them; empty if that wasn't
    ///     looked at
    /// @param endings where history ends for want of each, of those that were looked at
    Uni<SequencedMap<EventId, Gap>> settle(
            RoomId room,
            Optional<SequencedMap<EventId, SequencedSet<EventId>>> waiting,
            SequencedMap<EventId, SequencedSet<EventId>> endings) {
        return page(room).chain(page -> settle(room, page, waiting, endings));
    }

    private Uni<SequencedMap<EventId, Gap>> settle(
            RoomId room,
            Page page,
            Optional<SequencedMap<EventId, SequencedSet<EventId>>> waiting,
            SequencedMap<EventId, SequencedSet<EventId>> endings) {
        var all = new LinkedHashSet<>(page.gaps.keySet());
        waiting.ifPresent(it -> all.addAll(it.keySet()));
        all.addAll(endings.keySet());
        var after = new LinkedHashMap<EventId, Gap>();
        for (var missing : all) {
            var before = page.gaps.get(missing);
            var waits =
                    waiting.map(it -> it.getOrDefault(missing, none()))
                            .orElseGet(() -> before == null ? none() : before.waiting());
            var ends = endings.getOrDefault(missing, before == null ? none() : before.endings());
            boolean isNeeded = !waits.isEmpty() || !ends.isEmpty();
            if (isNeeded && (before != null || after.size() < GAPS_PER_ROOM_MAX)) {
                boolean tried =
                        waiting.isPresent() && !waits.isEmpty() || endings.containsKey(missing);
                after.put(missing, gap(page, begun(room, missing, before), waits, ends, tried));
            }
        }
        if (waiting.isPresent()) {
            page.asked.clear();
        } else {
            page.asked.keySet().removeAll(all);
        }
        return save(room, page, after);
    }

    private static SequencedSet<EventId> none() {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>());
    }

    private Uni<SequencedMap<EventId, Gap>> save(
            RoomId room, Page page, SequencedMap<EventId, Gap> after) {
        var before = page.gaps;
        var filled = new LinkedHashSet<>(before.keySet());
        filled.removeAll(after.keySet());
        var changed =
                after.values().stream()
                        .filter(gap -> !gap.equals(before.get(gap.missing())))
                        .toList();
        page.gaps = after;
        if (after.isEmpty() && page.asked.isEmpty()) {
            pages.remove(room, page);
        }
        var gaps = Collections.unmodifiableSequencedMap(after);
        return changed.isEmpty() && filled.isEmpty()
                ? Uni.createFrom().item(gaps)
                : store.saveGaps(room, changed, filled).replaceWith(gaps);
    }

    private Gap begun(RoomId room, EventId missing, Gap before) {
        long now = clock.millis();
        return before != null
                ? before
                : new Gap(room, missing, none(), none(), List.of(), 0, now, OptionalLong.of(now));
    }

    private Gap gap(
            Page page,
            Gap before,
            SequencedSet<EventId> waiting,
            SequencedSet<EventId> endings,
            boolean tried) {
        long now = clock.millis();
        var asked = new ArrayList<>(before.asked());
        asked.addAll(page.asked.getOrDefault(before.missing(), List.of()));
        boolean counts = tried && isDue(before, now);
        int attempts = before.attempts() + (counts ? 1 : 0);
        var next = OptionalLong.of(now + interval(attempts).toMillis());
        return new Gap(
                before.room(),
                before.missing(),
                waiting,
                endings,
                List.copyOf(asked.subList(Math.max(0, asked.size() - Gap.ASKED_MAX), asked.size())),
                attempts,
                before.since(),
                !counts ? before.next() : attempts < ATTEMPTS_MAX ? next : OptionalLong.empty());
    }

    static boolean isDue(Gap gap, long now) {
        return gap.next().isPresent() && gap.next().getAsLong() <= now;
    }

    /// How long to wait after so many attempts.
    static Duration interval(int attempts) {
        var interval = RETRY_MIN;
        for (int i = 1; i < attempts && interval.compareTo(RETRY_MAX) < 0; i++) {
            interval = interval.multipliedBy(2);
        }
        return interval.compareTo(RETRY_MAX) < 0 ? interval : RETRY_MAX;
    }
}
