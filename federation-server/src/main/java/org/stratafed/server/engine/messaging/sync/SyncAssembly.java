package org.stratafed.server.engine.messaging.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.stratafed.api.layer.messaging.SyncAnswer;
import org.stratafed.api.layer.messaging.SyncAnswer.Invitation;
import org.stratafed.api.layer.messaging.SyncAnswer.RoomUpdate;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.spi.store.UserMembership;
import org.stratafed.server.engine.messaging.reading.HistoryToken;
import org.stratafed.server.engine.messaging.reading.ShownEvent;
import org.stratafed.server.engine.messaging.reading.SyncToken;

/// Makes the answer to a sync of what was read for it. A pure function.
///
/// @see <a
// href="https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3sync">`sync`</a>
final class SyncAssembly {

    private final SyncQuestion question;

    SyncAssembly(SyncQuestion question) {
        this.question = question;
    }

    SyncAnswer answer(SyncReadings readings) {
        var join = new LinkedHashMap<RoomId, RoomUpdate>();
        var leave = new LinkedHashMap<RoomId, RoomUpdate>();
        for (var reading : readings.rooms()) {
            var rooms = reading.task().joined() ? join : leave;
            update(reading).ifPresent(it -> rooms.put(reading.task().room(), it));
        }
        for (var ending : readings.endings()) {
            leave.put(ending.room(), ended(ending));
        }
        return new SyncAnswer(
                new SyncToken(question.upTo()).text(),
                join,
                told(readings.invites()),
                told(readings.knocks()),
                leave);
    }

    private static SequencedMap<RoomId, Invitation> told(List<RoomOutside> rooms) {
        var told = new LinkedHashMap<RoomId, Invitation>();
        rooms.forEach(room -> told.put(room.membership().room(), told(room)));
        return told;
    }

    /// A room with nothing new is left out, unless all of its state was asked for.
    private Optional<RoomUpdate> update(RoomReading reading) {
        var filter = question.filter().state();
        var state = reading.state().stream().filter(it -> filter.admits(it.pdu())).toList();
        var events = reading.cut().events();
        if (events.isEmpty() && state.isEmpty() && !reading.task().isNew()) {
            return Optional.empty();
        }
        return Optional.of(
                new RoomUpdate(
                        events.stream().map(ShownEvent::event).toList(),
                        reading.cut().limited(),
                        reading.cut().prevBatch().text(),
                        state,
                        reading.summary()));
    }

    /// All there is to see of it is that it ended.
    private static RoomUpdate ended(UserMembership ending) {
        var event =
                new TimelineEvent(
                        ending.event(),
                        OptionalLong.of(ending.position()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(ending.membership()));
        return new RoomUpdate(
                List.of(event),
                false,
                HistoryToken.at(ending.position()).text(),
                List.of(),
                Optional.empty());
    }

    /// What a user who is invited or knocks is told of the room, however much more is
    /// known here.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#stripped-state">Stripped
    ///     state</a>
    private static Invitation told(RoomOutside room) {
        var own = room.membership().event();
        var state = new ArrayList<JsonObject>();
        for (var event : room.state()) {
            boolean isOwn =
                    event.string("type").equals(Optional.of(own.type()))
                            && event.string("state_key").equals(own.stateKey());
            if (!isOwn) {
                state.add(stripped(event));
            }
        }
        state.add(stripped(own.json()));
        return new Invitation(List.copyOf(state));
    }

    private static JsonObject stripped(JsonObject event) {
        return JsonObject.builder()
                .putIfPresent("type", event.string("type").map(JsonString::new))
                .putIfPresent("state_key", event.string("state_key").map(JsonString::new))
                .putIfPresent("sender", event.string("sender").map(JsonString::new))
                .putIfPresent("content", event.object("content"))
                .build();
    }

    /// All that was read for a sync.
    record SyncReadings(
            List<RoomReading> rooms,
            List<RoomOutside> invites,
            List<RoomOutside> knocks,
            List<UserMembership> endings) {}

    /// An invite or a knock, and what there is to be told of its room.
    record RoomOutside(UserMembership membership, List<JsonObject> state) {}
}
