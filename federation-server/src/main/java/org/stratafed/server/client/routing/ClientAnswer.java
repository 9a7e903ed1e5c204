package org.stratafed.server.client.routing;

import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// What a client is answered.
public record ClientAnswer(int status, JsonValue body) {

    private static final int OK = 200;

    /// For what succeeded and has nothing to say.
    public static final ClientAnswer EMPTY = ok(JsonObject.empty());

    public static ClientAnswer ok(JsonValue body) {
        return new ClientAnswer(OK, body);
    }

    public static ClientAnswer ok(String key, String value) {
        return ok(JsonObject.builder().put(key, value).build());
    }

    public static ClientAnswer of(MatrixException error) {
        return new ClientAnswer(error.status(), error.body());
    }
}
