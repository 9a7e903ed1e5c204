package org.stratafed.server.engine.transport.auth;

import java.util.Optional;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;

/// The object that a request's signature is over.
///
/// @param target path and query, byte for byte as on the wire
/// @param destination always part of it, even where the header doesn't say it
/// @param content the body, of requests that have one
record SignedRequest(
        String method,
        String target,
        ServerName origin,
        ServerName destination,
        Optional<JsonObject> content) {

    JsonObject json() {
        return JsonObject.builder()
                .put("method", method)
                .put("uri", target)
                .put("origin", origin.value())
                .put("destination", destination.value())
                .putIfPresent("content", content)
                .build();
    }
}
