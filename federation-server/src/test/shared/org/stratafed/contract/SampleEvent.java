package org.stratafed.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;

/// An event to be stored: well-formed, and otherwise whatever a test needs. Its ID is its name,
/// which a store must not mind.
public final class SampleEvent {

    /// Who sends them, unless it is said otherwise.
    public static final String ALICE = "@alice:" + StoresUnderTest.LOCAL;

    private final String name;
    private final String type;
    private JsonObject content;
    private Optional<String> stateKey = Optional.empty();
    private String sender = ALICE;
    private long depth = 1;
    private Optional<EventId> redacts = Optional.empty();
    private final List<EventId> prevEvents = new ArrayList<>();
    private final List<EventId> authEvents = new ArrayList<>();

    private SampleEvent(String name, String type, JsonObject content) {
        this.name = name;
        this.type = type;
        this.content = content;
    }

    public static EventId id(String name) {
        return new EventId("$" + name);
    }

    public static SampleEvent message(String name) {
        return new SampleEvent(
                name, "m.room.message", JsonObject.builder().put("body", name).build());
    }

    public static SampleEvent state(String name, String type, String stateKey) {
        var event = new SampleEvent(name, type, JsonObject.builder().put("is", name).build());
        event.stateKey = Optional.of(stateKey);
        return event;
    }

    public static SampleEvent member(String name, String user, String membership) {
        var event =
                new SampleEvent(
                        name,
                        "m.room.member",
                        JsonObject.builder().put("membership", membership).build());
        event.stateKey = Optional.of(user);
        event.sender = user;
        return event;
    }

    /// The redaction of an event, which it names in its content.
    public static SampleEvent redaction(String name, String target) {
        var event =
                new SampleEvent(
                        name,
                        "m.room.redaction",
                        JsonObject.builder().put("redacts", id(target).value()).build());
        event.redacts = Optional.of(id(target));
        return event;
    }

    /// Replaces what a message says, which is its name otherwise.
    public SampleEvent saying(String body) {
        content = JsonObject.builder().put("body", body).build();
        return this;
    }

    /// Adds to its content.
    public SampleEvent with(String key, String value) {
        content = content.with(key, new JsonString(value));
        return this;
    }

    public SampleEvent by(String user) {
        sender = user;
        return this;
    }

    public SampleEvent after(String... names) {
        for (String prev : names) {
            prevEvents.add(id(prev));
        }
        return this;
    }

    public SampleEvent allowedBy(String... names) {
        for (String auth : names) {
            authEvents.add(id(auth));
        }
        return this;
    }

    public SampleEvent depth(long depth) {
        this.depth = depth;
        return this;
    }

    public Pdu in(RoomId room) {
        var json =
                JsonObject.builder()
                        .put("auth_events", citations(authEvents))
                        .put("content", content)
                        .put("depth", depth)
                        .put("origin_server_ts", 1_700_000_000_000L + depth)
                        .put("prev_events", citations(prevEvents))
                        .put("room_id", room.value())
                        .put("sender", sender)
                        .putIfPresent("state_key", stateKey.map(JsonString::new))
                        .put("type", type)
                        .build();
        return new Pdu(id(name), room, json, prevEvents, authEvents, redacts);
    }

    private static JsonArray citations(List<EventId> ids) {
        return JsonArray.ofStrings(ids.stream().map(EventId::value).toList());
    }
}
