package org.stratafed.server.engine.messaging.sync;

import static org.stratafed.server.engine.messaging.SampleEvents.ALICE;
import static org.stratafed.server.engine.messaging.SampleEvents.ROOM;
import static org.stratafed.server.engine.messaging.SampleEvents.member;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.layer.messaging.SyncFilter;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.UserMembership;
import org.stratafed.server.engine.messaging.SampleEvents;
import org.stratafed.server.engine.messaging.reading.ShownEvent;

/// What syncs are made of, by hand.
final class SyncFixture {

    static final long UP_TO = 100;
    static final OptionalLong FIRST = OptionalLong.empty();
    static final OptionalLong SINCE = OptionalLong.of(50);

    private SyncFixture() {}

    static SyncQuestion question(OptionalLong since) {
        return question(since, false, SyncFilter.ALL);
    }

    static SyncQuestion question(OptionalLong since, boolean fullState, SyncFilter filter) {
        return new SyncQuestion(ALICE, new DeviceId("PHONE"), since, UP_TO, fullState, filter);
    }

    /// Alice's membership in the room, since a position.
    static UserMembership membership(String membership, long position) {
        return new UserMembership(
                ROOM,
                membership,
                position,
                member("m" + position, ALICE, membership),
                true,
                List.of(),
                Optional.empty());
    }

    static ShownEvent shown(StoredEvent stored) {
        return new ShownEvent(stored, TimelineEvent.of(stored.pdu()));
    }

    static ShownEvent shown(Pdu pdu, long position) {
        return shown(SampleEvents.stored(pdu, position));
    }

    static EventFilter limit(int limit) {
        return new EventFilter(
                limit,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                false);
    }

    static StateMap stateOf(Pdu... events) {
        var state = StateMap.empty();
        for (var event : events) {
            state = state.with(event.stateTuple().orElseThrow(), event.id());
        }
        return state;
    }

    static StateKeyTuple key(String type) {
        return new StateKeyTuple(type, "");
    }

    static EventId id(String id) {
        return new EventId("$" + id);
    }
}
