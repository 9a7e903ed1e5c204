package org.stratafed.server.engine.messaging.reading;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.layer.messaging.Timeline.MessagesPage;
import org.stratafed.api.layer.messaging.Timeline.MessagesRequest;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.layer.pdu.PduLayer;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.spi.store.TimelineStore;

/// A room's history, as its readers see it, page by page.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#getting-events-for-a-room">
///     Getting events for a room</a>
public final class History {

    private final TimelineStore timeline;
    private final PduLayer pdu;
    private final RoomAccess access;
    private final EventViews events;
    private final SenderMembers senders;

    public History(
            TimelineStore timeline,
            PduLayer pdu,
            RoomAccess access,
            EventViews events,
            SenderMembers senders) {
        this.timeline = timeline;
        this.pdu = pdu;
        this.access = access;
        this.events = events;
        this.senders = senders;
    }

    public Uni<MessagesPage> page(UserId user, MessagesRequest request) {
        var from = request.from().map(HistoryToken::parse);
        var to = request.to().map(HistoryToken::parse);
        var way =
                new Way(
                        request.backwards(),
                        to.map(it -> OptionalLong.of(it.cut())).orElse(OptionalLong.empty()));
        return access.standing(user, request.room())
                .invoke(Standing::requireReads)
                .chain(
                        standing ->
                                start(from, way, standing)
                                        .chain(cut -> page(user, standing, request, way, cut)));
    }

    /// Where to start: nothing after the reader's last time in the room is theirs to see.
    private Uni<Long> start(Optional<HistoryToken> from, Way way, Standing standing) {
        if (!way.backwards()) {
            return Uni.createFrom().item(from.map(HistoryToken::cut).orElse(Long.MIN_VALUE + 1));
        }
        long last =
                standing.left().isPresent() && !standing.worldReadable()
                        ? HistoryToken.at(standing.left().getAsLong()).cut()
                        : Long.MAX_VALUE;
        return from.isPresent()
                ? Uni.createFrom().item(Math.min(from.get().cut(), last))
                : timeline.position().map(now -> Math.min(HistoryToken.at(now).cut(), last));
    }

    private Uni<MessagesPage> page(
            UserId user, Standing standing, MessagesRequest request, Way way, long cut) {
        var walk =
                new HistoryWalk(
                        timeline,
                        pdu,
                        events,
                        Reader.of(user, standing),
                        request.room(),
                        way,
                        request.filter(),
                        Math.clamp(request.limit(), 1, EventFilter.LIMIT_MAX));
        return walk.from(cut)
                .chain(
                        page ->
                                senders.of(request.room(), page.shown(), request.filter())
                                        .map(members -> answer(cut, page, members)));
    }

    private static MessagesPage answer(
            long cut, HistoryWalk.Page page, List<TimelineEvent> members) {
        return new MessagesPage(
                page.shown().stream().map(ShownEvent::event).toList(),
                new HistoryToken(cut).text(),
                page.end().stream().mapToObj(it -> new HistoryToken(it).text()).findFirst(),
                members);
    }
}
