package org.stratafed.server.engine.messaging.reading;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.OptionalLong;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.layer.pdu.PduLayer;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.TimelineStore;

/// The reading of one page of history. Where something is missing on the way back, other servers
/// are asked for it, a few times; if they haven't got it either, what is here is shown. Pages with
/// nothing for the reader are passed over, up to a bound.
final class HistoryWalk {

    /// How often other servers are asked.
    static final int BACKFILLS_MAX = 3;

    /// How many events they are asked for at least: a small page is followed by others.
    static final int BACKFILL_EVENTS_MIN = 50;

    /// How many pages are read to find something for the reader.
    static final int PAGES_MAX = 10;

    private final TimelineStore timeline;
    private final PduLayer pdu;
    private final EventViews events;
    private final Reader reader;
    private final RoomId room;
    private final Way way;
    private final int limit;
    private final EventFilter filter;

    private int backfills;
    private int pages;

    HistoryWalk(
            TimelineStore timeline,
            PduLayer pdu,
            EventViews events,
            Reader reader,
            RoomId room,
            Way way,
            EventFilter filter,
            int limit) {
        this.timeline = timeline;
        this.pdu = pdu;
        this.events = events;
        this.reader = reader;
        this.room = room;
        this.way = way;
        this.filter = filter;
        this.limit = limit;
    }

    /// What the walk came upon.
    ///
    /// @param end the cut to go on at; empty if there is nothing behind it
    record Page(List<ShownEvent> shown, OptionalLong end) {}

    Uni<Page> from(long cut) {
        return timeline.page(room, way.from(cut), way.backwards(), limit)
                .chain(
                        raw ->
                                isLacking(cut, raw)
                                        .chain(
                                                lacking ->
                                                        lacking && backfills < BACKFILLS_MAX
                                                                ? backfill(cut, raw)
                                                                : show(cut, raw, lacking)));
    }

    /// Whether something is missing between the start of the page and its end; behind the last of
    /// all there is, too.
    private Uni<Boolean> isLacking(long cut, List<StoredEvent> raw) {
        if (!way.backwards()) {
            return Uni.createFrom().item(false);
        }
        long low = raw.size() < limit ? Long.MIN_VALUE : order(raw.getLast());
        return timeline.backwardExtremities(room)
                .map(all -> all.stream().anyMatch(it -> way.meets(it, cut, low)));
    }

    private Uni<Page> backfill(long cut, List<StoredEvent> raw) {
        backfills++;
        return pdu.backfill(room, Math.max(limit, BACKFILL_EVENTS_MIN))
                .onFailure(
                        failure ->
                                failure instanceof RemoteFailure
                                        || failure instanceof MatrixException)
                .recoverWithItem(0)
                .chain(came -> came > 0 ? from(cut) : nobodyHasIt(cut, raw));
    }

    private Uni<Page> nobodyHasIt(long cut, List<StoredEvent> raw) {
        backfills = BACKFILLS_MAX;
        return show(cut, raw, true);
    }

    private Uni<Page> show(long cut, List<StoredEvent> raw, boolean lacking) {
        var within = raw.stream().filter(it -> way.includes(order(it))).toList();
        boolean stops = within.size() < raw.size();
        boolean more = stops || raw.size() == limit || lacking && !raw.isEmpty();
        long end = within.isEmpty() ? cut : way.behind(order(within.getLast()));
        pages++;
        return events.show(reader, room, within)
                .map(shown -> shown.stream().filter(it -> filter.admits(it.pdu())).toList())
                .chain(
                        shown ->
                                shown.isEmpty() && more && !stops && pages < PAGES_MAX
                                        ? from(end)
                                        : page(shown, more, end));
    }

    private static Uni<Page> page(List<ShownEvent> shown, boolean more, long end) {
        return Uni.createFrom()
                .item(new Page(shown, more ? OptionalLong.of(end) : OptionalLong.empty()));
    }

    private static long order(StoredEvent event) {
        return event.order().orElseThrow();
    }
}
