package org.stratafed.api.model.event;

import java.util.Objects;
import org.stratafed.api.model.json.JsonObject;

/// An event as a peer sent it. Nothing of it is checked.
public record RawPdu(JsonObject json) {

    public RawPdu {
        Objects.requireNonNull(json, "json");
    }
}
