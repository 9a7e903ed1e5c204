package org.stratafed.server.engine.pdu.answers;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.exchange.EventAtTime;
import org.stratafed.api.model.exchange.TimestampRequest;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.api.spi.store.TimelineStore.TimePoint;

/// Which event of a room is nearest to a time, of those that the asking server may know of.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#retrieving-events">Retrieving
///     events</a>
public final class NearestEvent {

    /// Events that are passed over because the server may not know of them.
    static final int EXAMINED_MAX = 1_000;

    /// Most servers see all, so that the first is the one.
    private static final int BATCH_FIRST = 1;

    private static final int BATCH_MAX = 100;

    private final TimelineStore timeline;
    private final ServerVisibility visibility;

    public NearestEvent(TimelineStore timeline, ServerVisibility visibility) {
        this.timeline = timeline;
        this.visibility = visibility;
    }

    /// Fails with `M_NOT_FOUND` if there is none, and with `M_FORBIDDEN` for a server that never
    /// was in the room.
    public Uni<EventAtTime> to(ServerName origin, TimestampRequest request) {
        var from =
                request.backwards()
                        ? TimePoint.after(request.timestamp())
                        : TimePoint.before(request.timestamp());
        return visibility
                .of(origin, request.room())
                .chain(sight -> next(new Search(request, sight), from, BATCH_FIRST, 0));
    }

    private record Search(TimestampRequest request, ServerVisibility.Sight sight) {

        private MatrixException nothing() {
            return MatrixException.notFound(
                    "there is no event "
                            + (request.backwards() ? "up to " : "from ")
                            + request.timestamp()
                            + (request.backwards() ? "" : " on"));
        }
    }

    private Uni<EventAtTime> next(Search search, TimePoint from, int max, int examined) {
        return timeline.byTime(search.request().room(), from, search.request().backwards(), max)
                .chain(
                        events ->
                                search.sight()
                                        .of(events)
                                        .chain(
                                                seen ->
                                                        seen.isEmpty()
                                                                ? goOn(
                                                                        search,
                                                                        events,
                                                                        max,
                                                                        examined + max)
                                                                : found(seen.getFirst())));
    }

    private Uni<EventAtTime> goOn(Search search, List<StoredEvent> unseen, int max, int examined) {
        if (unseen.size() < max || examined > EXAMINED_MAX) {
            throw search.nothing();
        }
        var last = unseen.getLast();
        var from = new TimePoint(last.pdu().originServerTs(), last.order().orElseThrow());
        return next(search, from, BATCH_MAX, examined);
    }

    private static Uni<EventAtTime> found(StoredEvent event) {
        return Uni.createFrom()
                .item(new EventAtTime(event.pdu().id(), event.pdu().originServerTs()));
    }
}
