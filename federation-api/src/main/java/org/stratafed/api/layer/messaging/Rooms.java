package org.stratafed.api.layer.messaging;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;

/// Making rooms and speaking in them, as a local user.
public interface Rooms {

    Uni<RoomId> create(UserId creator, RoomCreationRequest request);

    /// Sends a message event. The same client transaction sends once and answers the same id.
    Uni<EventId> send(
            RoomId room,
            UserId sender,
            String type,
            JsonObject content,
            Optional<ClientTransaction> transaction);

    Uni<EventId> setState(
            RoomId room, UserId sender, String type, String stateKey, JsonObject content);

    Uni<EventId> redact(
            RoomId room,
            UserId sender,
            EventId target,
            Optional<String> reason,
            Optional<ClientTransaction> transaction);
}
