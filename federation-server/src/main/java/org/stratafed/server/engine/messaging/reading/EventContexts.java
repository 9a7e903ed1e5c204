package org.stratafed.server.engine.messaging.reading;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.layer.messaging.Timeline.ContextRequest;
import org.stratafed.api.layer.messaging.Timeline.EventContext;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.Stores;

/// Single events, and what happened around them.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#event-context">Event context</a>
public final class EventContexts {

    private final Stores stores;
    private final RoomAccess access;
    private final EventViews events;
    private final StateViews states;
    private final SenderMembers senders;

    public EventContexts(
            Stores stores,
            RoomAccess access,
            EventViews events,
            StateViews states,
            SenderMembers senders) {
        this.stores = stores;
        this.access = access;
        this.events = events;
        this.states = states;
        this.senders = senders;
    }

    /// One event; `M_NOT_FOUND` if there is none, or none for this reader.
    public Uni<TimelineEvent> event(UserId user, RoomId room, EventId event) {
        return access.standing(user, room)
                .chain(standing -> shown(Reader.of(user, standing), room, event))
                .map(ShownEvent::event);
    }

    private Uni<ShownEvent> shown(Reader reader, RoomId room, EventId event) {
        return stores.rooms()
                .events(room, List.of(event))
                .chain(found -> events.show(reader, room, placed(found.values())))
                .map(
                        shown -> {
                            if (shown.isEmpty()) {
                                throw MatrixException.notFound("there is no such event for you");
                            }
                            return shown.getFirst();
                        });
    }

    private static List<StoredEvent> placed(Iterable<StoredEvent> found) {
        var placed = new ArrayList<StoredEvent>();
        for (var event : found) {
            if (event.order().isPresent()) {
                placed.add(event);
            }
        }
        return placed;
    }

    public Uni<EventContext> context(UserId user, ContextRequest request) {
        return access.standing(user, request.room())
                .map(standing -> Reader.of(user, standing))
                .chain(
                        reader ->
                                shown(reader, request.room(), request.event())
                                        .chain(event -> around(reader, request, event)));
    }

    private Uni<EventContext> around(Reader reader, ContextRequest request, ShownEvent event) {
        int limit = Math.clamp(request.limit(), 0, EventFilter.LIMIT_MAX);
        return Uni.combine()
                .all()
                .unis(
                        side(reader, request, event.order(), true, limit / 2),
                        side(reader, request, event.order(), false, limit - limit / 2))
                .asTuple()
                .map(
                        sides ->
                                new Around(
                                        event,
                                        sides.getItem1().shown(),
                                        sides.getItem2().shown(),
                                        new HistoryToken(sides.getItem1().cut()),
                                        new HistoryToken(sides.getItem2().cut())))
                .chain(around -> context(request, around));
    }

    /// Events to one side of another, as far as the reader may and wants to see them, and the cut
    /// behind them.
    private Uni<Side> side(
            Reader reader, ContextRequest request, long order, boolean backwards, int max) {
        if (max == 0) {
            long cut = backwards ? order : order + 1;
            return Uni.createFrom().item(new Side(List.of(), cut));
        }
        return stores.timeline()
                .page(request.room(), order, backwards, max)
                .chain(
                        raw -> {
                            long last = raw.isEmpty() ? order : raw.getLast().order().orElseThrow();
                            return events.show(reader, request.room(), raw)
                                    .map(shown -> admitted(shown, request.filter()))
                                    .map(shown -> new Side(shown, backwards ? last : last + 1));
                        });
    }

    private static List<ShownEvent> admitted(List<ShownEvent> shown, EventFilter filter) {
        return shown.stream().filter(it -> filter.admits(it.pdu())).toList();
    }

    private Uni<EventContext> context(ContextRequest request, Around around) {
        return state(request, around)
                .map(
                        state ->
                                new EventContext(
                                        around.event().event(),
                                        around.before().stream().map(ShownEvent::event).toList(),
                                        around.after().stream().map(ShownEvent::event).toList(),
                                        around.start().text(),
                                        around.end().text(),
                                        state));
    }

    /// With members loaded lazily, what isn't a membership would be missing if only the senders'
    /// memberships were given.
    private Uni<List<TimelineEvent>> state(ContextRequest request, Around around) {
        var point = around.last().stored().after().orElseThrow();
        if (!request.filter().lazyLoadMembers()) {
            return states.at(request.room(), point);
        }
        return Uni.combine()
                .all()
                .unis(
                        states.othersAt(request.room(), point),
                        senders.of(request.room(), around.all(), request.filter()))
                .with(
                        (others, members) -> {
                            var state = new ArrayList<>(others);
                            state.addAll(members);
                            return state;
                        });
    }

    private record Side(List<ShownEvent> shown, long cut) {}

    private record Around(
            ShownEvent event,
            List<ShownEvent> before,
            List<ShownEvent> after,
            HistoryToken start,
            HistoryToken end) {

        ShownEvent last() {
            return after.isEmpty() ? event : after.getLast();
        }

        /// Oldest first.
        List<ShownEvent> all() {
            var all = new ArrayList<>(before.reversed());
            all.add(event);
            all.addAll(after);
            return all;
        }
    }
}
