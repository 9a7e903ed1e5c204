package org.stratafed.server.engine.messaging;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.messaging.SyncAnswer;
import org.stratafed.api.layer.messaging.SyncRequest;
import org.stratafed.api.layer.messaging.Timeline;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.server.engine.messaging.call.Eager;
import org.stratafed.server.engine.messaging.reading.EventContexts;
import org.stratafed.server.engine.messaging.reading.History;
import org.stratafed.server.engine.messaging.reading.RoomStates;
import org.stratafed.server.engine.messaging.sync.Following;

/// Rooms, as local users read them.
record LocalTimeline(
        TimelineStore store,
        Following following,
        History history,
        EventContexts contexts,
        RoomStates states)
        implements Timeline {

    static final int AFTER_EVENTS_MAX = 1_000;

    @Override
    public Uni<SyncAnswer> sync(SyncRequest request) {
        return Eager.call(() -> following.sync(request));
    }

    @Override
    public Uni<MessagesPage> messages(UserId user, MessagesRequest request) {
        return Eager.call(() -> history.page(user, request));
    }

    @Override
    public Uni<TimelineEvent> event(UserId user, RoomId room, EventId event) {
        return Eager.call(() -> contexts.event(user, room, event));
    }

    @Override
    public Uni<EventContext> context(UserId user, ContextRequest request) {
        return Eager.call(() -> contexts.context(user, request));
    }

    @Override
    public Uni<List<TimelineEvent>> state(UserId user, RoomId room) {
        return Eager.call(() -> states.state(user, room));
    }

    @Override
    public Uni<TimelineEvent> stateEvent(UserId user, RoomId room, String type, String stateKey) {
        return Eager.call(() -> states.event(user, room, new StateKeyTuple(type, stateKey)));
    }

    @Override
    public Uni<List<TimelineEvent>> members(UserId user, RoomId room, MembersRequest request) {
        return Eager.call(() -> states.members(user, room, request));
    }

    @Override
    public Uni<List<TimelineEvent>> joinedMembers(UserId user, RoomId room) {
        return Eager.call(() -> states.joinedMembers(user, room));
    }

    @Override
    public Uni<List<TimelineEvent>> after(long position, int max) {
        return Eager.call(
                () ->
                        store.position()
                                .chain(
                                        upTo ->
                                                store.stream(
                                                        position,
                                                        upTo,
                                                        Math.clamp(max, 0, AFTER_EVENTS_MAX)))
                                .map(events -> events.stream().map(LocalTimeline::plain).toList()));
    }

    private static TimelineEvent plain(StoredEvent event) {
        return new TimelineEvent(
                event.pdu(),
                event.position(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
