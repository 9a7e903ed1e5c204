package org.stratafed.server.client.account;

import java.util.Optional;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonObject;

/// What a client keeps with its server for itself, for a room or for all of them.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#client-config">Client config</a>
public record AccountDatum(Optional<RoomId> room, String type, JsonObject content) {

    public JsonObject event() {
        return JsonObject.builder().put("type", type).put("content", content).build();
    }
}
