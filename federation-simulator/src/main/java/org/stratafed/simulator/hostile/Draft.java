package org.stratafed.simulator.hostile;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.server.engine.pdu.auth.AuthEventSelection;

/// An event before it is signed. What isn't said about it is as an honest server would have it: it
/// comes after the peer's join, and is allowed by the state as of that.
final class Draft {

    private final RoomView view;
    private final UserId sender;
    private final String type;
    private Optional<String> stateKey = Optional.empty();
    private JsonObject content = JsonObject.empty();
    private List<EventId> previous;
    private Optional<List<EventId>> allowedBy = Optional.empty();
    private JsonValue depth;
    private long time;
    private JsonObject more = JsonObject.empty();

    Draft(RoomView view, UserId sender, String type, long time) {
        this.view = view;
        this.sender = sender;
        this.type = type;
        this.time = time;
        previous = List.of(view.join().id());
        depth = JsonNumber.of(view.join().depth() + 1);
    }

    Draft stateKey(String key) {
        stateKey = Optional.of(key);
        return this;
    }

    Draft content(JsonObject content) {
        this.content = content;
        return this;
    }

    Draft text(String body) {
        return content(JsonObject.builder().put("msgtype", "m.text").put("body", body).build());
    }

    /// It comes after that event, and is the next deeper one.
    Draft after(Pdu event) {
        depth = JsonNumber.of(event.depth() + 1);
        return after(List.of(event.id()));
    }

    Draft after(List<EventId> events) {
        previous = events;
        return this;
    }

    Draft allowedBy(List<EventId> events) {
        allowedBy = Optional.of(events);
        return this;
    }

    Draft depth(JsonValue depth) {
        this.depth = depth;
        return this;
    }

    Draft time(long millis) {
        time = millis;
        return this;
    }

    /// Sets something that no other method does, last.
    Draft with(String key, JsonValue value) {
        more = more.with(key, value);
        return this;
    }

    RoomView view() {
        return view;
    }

    JsonObject json() {
        var json =
                JsonObject.builder()
                        .put("type", type)
                        .put("sender", sender.value())
                        .put("room_id", view.join().roomId().value())
                        .put("content", content)
                        .put("depth", depth)
                        .put("origin_server_ts", time)
                        .put("prev_events", view.cite(previous))
                        .put("auth_events", view.cite(allowedBy.orElseGet(this::selected)))
                        .putIfPresent("state_key", stateKey.map(JsonString::new))
                        .build();
        for (var member : more.members().entrySet()) {
            json = json.with(member.getKey(), member.getValue());
        }
        return json;
    }

    private List<EventId> selected() {
        return AuthEventSelection.select(view.rules(), type, stateKey, sender, content).stream()
                .flatMap(key -> view.state(key).stream())
                .map(Pdu::id)
                .toList();
    }
}
