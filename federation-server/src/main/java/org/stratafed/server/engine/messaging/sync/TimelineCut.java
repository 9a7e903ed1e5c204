package org.stratafed.server.engine.messaging.sync;

import java.util.List;
import java.util.SequencedSet;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.server.engine.messaging.reading.HistoryToken;
import org.stratafed.server.engine.messaging.reading.ShownEvent;

/// The part of a room's events that fits into a timeline: the newest ones, without a gap among
/// them. What is cut off is what the client can page back to.
///
/// @param limited whether events were cut off, or may be missing, before the timeline
/// @param prevBatch where to page back from
record TimelineCut(List<ShownEvent> events, boolean limited, HistoryToken prevBatch) {

    /// @param raw the newest events of the room, ascending, as they are stored
    /// @param truncated whether there are more of them than were read
    /// @param shown those of them that the reader gets to see
    /// @param gaps events that others are missing before
    static TimelineCut of(
            RoomTask task,
            List<StoredEvent> raw,
            boolean truncated,
            List<ShownEvent> shown,
            SequencedSet<EventId> gaps,
            EventFilter filter) {
        int start = afterLastGap(raw, gaps);
        var whole = raw.subList(start, raw.size());
        long first = whole.isEmpty() ? Long.MIN_VALUE : order(whole.getFirst());
        var admitted =
                shown.stream()
                        .filter(it -> it.order() >= first)
                        .filter(it -> filter.admits(it.pdu()))
                        .toList();
        int limit = Math.clamp(filter.limit(), 0, EventFilter.LIMIT_MAX);
        int over = Math.max(0, admitted.size() - limit);
        var events = admitted.subList(over, admitted.size());
        boolean isStart = start == 0 && !truncated && startsRoom(raw);
        boolean isGap = !whole.isEmpty() && gaps.contains(whole.getFirst().pdu().id());
        boolean limited = truncated || over > 0 || isGap || task.isNew() && !isStart;
        return new TimelineCut(List.copyOf(events), limited, prevBatch(task, whole, events, over));
    }

    /// The last event that others are missing before is the first that may be shown.
    private static int afterLastGap(List<StoredEvent> raw, SequencedSet<EventId> gaps) {
        for (int i = raw.size() - 1; i > 0; i--) {
            if (gaps.contains(raw.get(i).pdu().id())) {
                return i;
            }
        }
        return 0;
    }

    private static boolean startsRoom(List<StoredEvent> raw) {
        return !raw.isEmpty() && raw.getFirst().pdu().isState("m.room.create", "");
    }

    private static HistoryToken prevBatch(
            RoomTask task, List<StoredEvent> whole, List<ShownEvent> events, int over) {
        if (whole.isEmpty() || over > 0 && events.isEmpty()) {
            return HistoryToken.at(task.upTo());
        }
        return new HistoryToken(over > 0 ? events.getFirst().order() : order(whole.getFirst()));
    }

    /// The position just before the timeline.
    long startPosition(RoomTask task) {
        return events.isEmpty() ? task.upTo() : events.getFirst().position() - 1;
    }

    private static long order(StoredEvent event) {
        return event.order().orElseThrow();
    }
}
