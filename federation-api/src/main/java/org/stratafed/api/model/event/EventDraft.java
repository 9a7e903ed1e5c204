package org.stratafed.api.model.event;

import java.util.Objects;
import java.util.Optional;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;

/// What a local user wants to be an event, before the room gives it a place in its graph.
///
/// @param redacts the target of a redaction. Where in the event it goes is the room version's
///     matter, so `content` doesn't have it
public record EventDraft(
        RoomId room,
        UserId sender,
        String type,
        Optional<String> stateKey,
        JsonObject content,
        Optional<EventId> redacts) {

    public EventDraft {
        Objects.requireNonNull(room, "room");
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(stateKey, "stateKey");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(redacts, "redacts");
    }

    /// An event that isn't state.
    public static EventDraft message(RoomId room, UserId sender, String type, JsonObject content) {
        return new EventDraft(room, sender, type, Optional.empty(), content, Optional.empty());
    }

    public static EventDraft state(
            RoomId room, UserId sender, String type, String stateKey, JsonObject content) {
        return new EventDraft(room, sender, type, Optional.of(stateKey), content, Optional.empty());
    }

    public static EventDraft redaction(
            RoomId room, UserId sender, EventId redacted, JsonObject content) {
        return new EventDraft(
                room, sender, "m.room.redaction", Optional.empty(), content, Optional.of(redacted));
    }
}
