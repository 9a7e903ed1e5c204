package org.stratafed.server.engine.messaging;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.TimelineStore;

/// Events made by hand: nothing checks them, they only look the part.
public final class SampleEvents {

    public static final RoomId ROOM = new RoomId("!room:alpha");
    public static final UserId ALICE = new UserId("@alice:alpha");
    public static final UserId BOB = new UserId("@bob:beta");

    private SampleEvents() {}

    /// @param json with single quotes
    public static JsonObject json(String json) {
        return JsonReader.readObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    public static Pdu message(String id, UserId sender) {
        return event(id, sender, "m.room.message", Optional.empty(), "{'body': 'hello'}");
    }

    public static Pdu state(String id, UserId sender, String type, String key, String content) {
        return event(id, sender, type, Optional.of(key), content);
    }

    public static Pdu member(String id, UserId user, String membership) {
        return state(
                id, user, "m.room.member", user.value(), "{'membership': '" + membership + "'}");
    }

    private static Pdu event(
            String id, UserId sender, String type, Optional<String> key, String content) {
        var event =
                JsonObject.builder()
                        .put("type", type)
                        .put("room_id", ROOM.value())
                        .put("sender", sender.value())
                        .put("content", json(content))
                        .put("depth", 1)
                        .put("origin_server_ts", 1)
                        .put("prev_events", JsonArray.empty())
                        .put("auth_events", JsonArray.empty());
        key.ifPresent(it -> event.put("state_key", it));
        return new Pdu(
                new EventId("$" + id), ROOM, event.build(), List.of(), List.of(), Optional.empty());
    }

    /// The event as a live one at a position of the stream.
    public static StoredEvent stored(Pdu pdu, long position) {
        return new StoredEvent(
                pdu,
                EventKind.LIVE,
                EventStatus.ACCEPTED,
                Optional.empty(),
                Optional.of(new StatePoint(0, 0)),
                Optional.of(new StatePoint(0, 0)),
                OptionalLong.of(position),
                OptionalLong.of(TimelineStore.orderAt(position)));
    }
}
