package org.stratafed.api.model.event;

import java.util.Objects;
import org.stratafed.api.model.json.JsonObject;

/// An ephemeral data unit: something servers tell each other that isn't part of a room's history.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#edus">EDUs</a>
public record Edu(String type, JsonObject content) {

    public Edu {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(content, "content");
    }
}
