package org.stratafed.server.engine.pdu.auth;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;

/// An event in the making: sent by Alice after the latest of the room, with nothing in it.
public final class EventFixture {

    private static final long TIME = 1_700_000_000_000L;

    private final RoomFixture room;
    private JsonObject json;
    private Optional<List<EventId>> prevEvents = Optional.empty();
    private Optional<RoomId> otherRoom = Optional.empty();
    private Optional<EventId> chosenId = Optional.empty();

    EventFixture(RoomFixture room, String type) {
        this.room = room;
        json =
                JsonObject.builder()
                        .put("type", type)
                        .put("sender", RoomFixture.ALICE)
                        .put("content", JsonObject.empty())
                        .put("depth", 1)
                        .put("origin_server_ts", TIME)
                        .put("hashes", JsonObject.empty())
                        .put("signatures", JsonObject.empty())
                        .build();
    }

    public EventFixture by(String sender) {
        return field("sender", new JsonString(sender));
    }

    public EventFixture stateKey(String stateKey) {
        return field("state_key", new JsonString(stateKey));
    }

    public EventFixture withoutStateKey() {
        json = json.without("state_key");
        return this;
    }

    /// @param content JSON, with single quotes
    public EventFixture content(String content) {
        return content(RoomFixture.json(content));
    }

    public EventFixture content(JsonObject content) {
        return field("content", content);
    }

    /// The content also has that.
    public EventFixture content(String key, JsonValue value) {
        return content(json.object("content").orElseThrow().with(key, value));
    }

    public EventFixture content(String key, String value) {
        return content(key, new JsonString(value));
    }

    public EventFixture prev(EventId... prevEvents) {
        this.prevEvents = Optional.of(List.of(prevEvents));
        return this;
    }

    public EventFixture inRoom(String room) {
        otherRoom = Optional.of(new RoomId(room));
        return this;
    }

    /// Instead of one of the room's.
    public EventFixture id(EventId id) {
        chosenId = Optional.of(id);
        return this;
    }

    public EventFixture at(long originServerTs) {
        return field("origin_server_ts", JsonNumber.of(originServerTs));
    }

    /// As if the server had signed it.
    public EventFixture signedBy(String server) {
        var signature = RoomFixture.json("{'ed25519:1': 'AAAA'}");
        var signatures = json.object("signatures").orElseThrow();
        return field("signatures", signatures.with(server, signature));
    }

    public EventFixture field(String key, JsonValue value) {
        json = json.with(key, value);
        return this;
    }

    /// Builds it anew each time, with an ID of its own.
    public Pdu build() {
        var id = chosenId.orElseGet(room::nextId);
        var prev = prevEvents.orElseGet(() -> List.of(room.latest()));
        var withoutAuth = pdu(id, prev, List.of());
        return pdu(id, prev, room.selected(withoutAuth).stream().map(Pdu::id).toList());
    }

    private Pdu pdu(EventId id, List<EventId> prev, List<EventId> auth) {
        var roomId = otherRoom.orElseGet(() -> roomOf(id));
        var whole = json.with("prev_events", ids(prev)).with("auth_events", ids(auth));
        if (!isRoomIdImplied()) {
            whole = whole.with("room_id", new JsonString(roomId.value()));
        }
        return new Pdu(id, roomId, whole, prev, auth, Optional.empty());
    }

    private RoomId roomOf(EventId id) {
        return isRoomIdImplied() ? RoomId.ofCreateEvent(id) : room.roomId();
    }

    private boolean isRoomIdImplied() {
        return room.rules().roomIdIsCreateHash()
                && json.string("type").equals(Optional.of(AuthTypes.CREATE));
    }

    private static JsonArray ids(List<EventId> ids) {
        return JsonArray.ofStrings(ids.stream().map(EventId::value).toList());
    }
}
